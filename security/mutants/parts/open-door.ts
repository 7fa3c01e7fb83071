export const doorProblem = (): null => null;
