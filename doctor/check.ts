import type { Seen } from "../rotation/verify/snapshot";
import type { Facts } from "./facts";
import type { Finding, Symptom, Told } from "./finding";

/** One thing that can be wrong. It looks at facts alone, and says something of each place that it is about. */
export interface Check {
    readonly name: string;
    readonly symptom: Symptom;
    readonly look: (facts: Facts) => readonly Told[];
}

/** What all checks say of a stack. */
export const lookAt = (facts: Facts, checks: readonly Check[]): Finding[] =>
    checks.flatMap(({ name, symptom, look }) =>
        look(facts).map(({ why = "", next = [], ...told }) => ({
            check: name,
            symptom,
            stack: facts.stack,
            ...told,
            why,
            next,
        })),
    );

export const ok = (place: string, message: string): Told => ({ status: "ok", place, message });

/** What could not be seen, with the command that would show it. */
export const unseen = (
    place: string,
    seen: Extract<Seen<never>, { is: "unread" }>,
    next: readonly string[] = [],
): Told => ({ status: "skipped", place, message: "it was not looked at", why: seen.why, next });

/** Looks at encrypted values too; the passphrase is typed without an echo, and is in no history of a shell. */
export const withPassphrase = (stack: string): readonly string[] => [
    "read -rs PULUMI_CONFIG_PASSPHRASE && export PULUMI_CONFIG_PASSPHRASE",
    `npm run doctor -- --stack ${stack}`,
];
