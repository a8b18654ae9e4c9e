import type { Policies } from "@pulumi/policy";
import { rules as access } from "./access";
import { rules as audit } from "./audit";
import { rules as delivery } from "./delivery";
import { rules as encryption } from "./encryption";
import { ExemptionBook } from "./exemptions/book";
import { exemptionPolicy } from "./exemptions/policy";
import type { Facts } from "./facts";
import { rules as isolation } from "./isolation";
import { policy } from "./policy";
import { rules as rotation } from "./rotation";
import type { Rule } from "./rule";

/** Every rule, by promise. Importing this starts nothing; `start.ts` serves it. */
export const promises: Readonly<Record<string, readonly Rule[]>> = {
    isolation,
    access,
    rotation,
    encryption,
    delivery,
    audit,
};

export const rules: readonly Rule[] = Object.values(promises).flat();

/** The pack for a stack: its rules, and last what checks the exemptions from them. */
export function policies(facts: Facts, book = new ExemptionBook()): Policies {
    return [...rules.map((rule) => policy(rule, facts, book)), exemptionPolicy(rules, book)];
}
