export class Arrivals {
  readonly holdWork = false;
  onGoOn(): void {}
  add(): void {}
}
