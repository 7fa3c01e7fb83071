export class BackPressure {
  unlessFull<T>(take: () => Promise<T>): Promise<T | null> {
    return take();
  }
}
