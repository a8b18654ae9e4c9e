/**
 * The subcommands of `npm run rotate --` that pages may use: what each takes, and its options beside the common ones.
 * The one place to hold against the program itself.
 */
export const COMMON_OPTIONS = ["--stack", "--today"];
export const WRITING_OPTIONS = ["--ref", "--by", "--dry-run", "--keep-backup"];

export interface RotateCommand {
    readonly takes?: "field" | "holder";
    readonly options: readonly string[];
}

export const ROTATE_COMMANDS: Readonly<Record<string, RotateCommand>> = {
    due: { options: [...WRITING_OPTIONS, "--due-by"] },
    request: { takes: "field", options: [...WRITING_OPTIONS, "--reason"] },
    compromise: { takes: "field", options: WRITING_OPTIONS },
    offboard: { takes: "holder", options: [...WRITING_OPTIONS, "--reason"] },
    all: { options: WRITING_OPTIONS },
    symmetric: { options: WRITING_OPTIONS },
    "api-keys": { options: WRITING_OPTIONS },
    database: { options: WRITING_OPTIONS },
    rollback: { takes: "field", options: WRITING_OPTIONS },
    external: { takes: "field", options: [...WRITING_OPTIONS, "--set-on", "--reason"] },
    rewritten: { takes: "field", options: WRITING_OPTIONS },
    status: { options: ["--json"] },
    verify: { options: [] },
    check: { options: ["--base"] },
};
