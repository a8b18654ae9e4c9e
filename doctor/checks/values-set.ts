import { ok, withPassphrase } from "../check";
import type { Check } from "../check";
import type { Told } from "../finding";
import { isAboutValue } from "./configuration";

/** Values that somebody still has to put in, and those that only look like one. */
export const valuesSet: Check = {
    name: "values-set",
    symptom: "placeholder found",
    look: ({ stack, refused, values }) => [
        ...refused
            .filter(({ message }) => isAboutValue(message))
            .map(({ place, message }): Told => {
                const field = /values\["([^"]+)"\]/.exec(place)?.[1];
                const set = values.find((each) => each.field === field)?.command ?? commandFor(stack, field);
                return {
                    status: "problem",
                    place,
                    message,
                    why: "a value that stands for another was set, and applications would take it for the real one",
                    next: [set],
                };
            }),
        ...values.map(({ field, state, isRequired, issuer, command }): Told => {
            if (state === "set") return ok(field, "it has a value, and none that stands for another");
            if (state === "sealed") {
                return {
                    status: "skipped",
                    place: field,
                    message: "it was not looked at",
                    why: "it is encrypted, and no passphrase was given",
                    next: withPassphrase(stack),
                };
            }
            // What applications do without is no trouble of theirs.
            if (!isRequired) return ok(field, "nobody has set it, and applications do without");
            return {
                status: "problem",
                place: field,
                message: "nobody has set it, and applications need it",
                why: issuer === undefined ? "others issue it" : `${issuer} issues it`,
                next: [command],
            };
        }),
    ],
};

const commandFor = (stack: string, field = "<field>"): string =>
    `pulumi config set --stack ${stack} --secret --path 'strongroom:values["${field}"]'`;
