import * as pulumi from "@pulumi/pulumi";
import { formatProblems } from "./domain/problems";
import type { Problem } from "./domain/problems";

/** A mistake of the user: Pulumi prints its message without a stack trace. Names every mistake at once. */
export class InvalidArgsError extends pulumi.RunError {
    constructor(
        subject: string,
        readonly problems: readonly Problem[],
    ) {
        super(formatProblems(subject, problems));
    }
}
