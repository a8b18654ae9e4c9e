import type { Policies } from "@pulumi/policy";
import { rules as access } from "./access";
import { rules as audit } from "./audit";
import { rules as delivery } from "./delivery";
import { rules as encryption } from "./encryption";
import type { Facts } from "./facts";
import { rules as isolation } from "./isolation";
import { policy } from "./policy";
import { rules as rotation } from "./rotation";
import type { Rule } from "./rule";

/** Every rule, by promise. Importing this starts nothing; `start.ts` serves it. */
export const rules: readonly Rule[] = [
    ...isolation,
    ...access,
    ...rotation,
    ...encryption,
    ...delivery,
    ...audit,
];

export function policies(facts: Facts): Policies {
    return rules.map((rule) => policy(rule, facts));
}
