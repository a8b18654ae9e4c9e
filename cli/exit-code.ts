/** What the command line tells its caller; `--help` documents it. */
export const ExitCode = { clean: 0, wrong: 1, violated: 2, fault: 3 } as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
