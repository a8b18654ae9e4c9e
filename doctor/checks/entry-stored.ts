import { deploy } from "../causes/cause";
import { ok, unseen } from "../check";
import type { Check } from "../check";
import type { DocumentFacts } from "../facts";
import type { Told } from "../finding";
import { asTyped, COMMAND_LINES, metadataCommands } from "../stores";

/** Whether the store has what the stack declares; by its own command line, and never by its value. */
export const entryStored: Check = {
    name: "entry-stored",
    symptom: "secret not found",
    look: (facts) =>
        facts.documents
            .filter(({ target }) => COMMAND_LINES[target.kind] !== undefined)
            .map((document) => told(facts.stack, document)),
};

function told(stack: string, { id, target, seen }: DocumentFacts): Told {
    const place = `${id} (${target.kind} ${target.entry})`;
    const look = metadataCommands(target).map(asTyped);
    if (seen.is === "unread") {
        return unseen(place, seen, [`npm run doctor -- --stack ${stack} --document ${id} --stores`]);
    }
    if (seen.is === "missing") {
        return {
            status: "problem",
            place,
            message: "the store has no entry of that name",
            why: "it was never deployed, or somebody has deleted it",
            next: [...look, ...deploy({ stack })],
        };
    }
    if (seen.object.isDeleted) {
        return {
            status: "problem",
            place,
            message: "the entry was deleted, and its name is blocked",
            why: "readers get nothing of it, and it can be restored until it is gone for good",
            next: restore(target),
        };
    }
    if (seen.object.hasValue === false) {
        return {
            status: "problem",
            place,
            message: "the entry has no value that readers get",
            why: "it was made, and no value was ever written, or its newest version is disabled or deleted",
            next: [...look, ...deploy({ stack })],
        };
    }
    if (seen.object.hasValue === undefined) {
        const why = "the store does not say whether it has a value";
        return { status: "skipped", place, message: "the entry is there", why, next: look };
    }
    return ok(place, "the entry is there, and has a value");
}

function restore(target: DocumentFacts["target"]): readonly string[] {
    if (target.kind === "aws-secrets-manager")
        return [`aws secretsmanager restore-secret --region ${target.region} --secret-id ${target.entry}`];
    return metadataCommands(target).map(asTyped);
}
