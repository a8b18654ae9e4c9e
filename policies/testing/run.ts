import type { Facts } from "../facts";
import { policy } from "../policy";
import type { Rule } from "../rule";
import { FACTS, sketchOf, type Case, type Sketch, type Table } from "./case";
import { analyze, analyzeStack, withSettings } from "./handlers";
import { request, stackRequest } from "./request";

/** What came of running one policy: its violations, or why there are none. */
export interface Outcome {
    readonly violations: readonly string[];
    /** The SDK's words for an unknown value that the rule asked for. */
    readonly cannotRun: boolean;
    readonly notApplicable: boolean;
}

/** How the policy SDK begins what it says of a policy that asked for an unknown value. */
const CANNOT_RUN = "can't run policy ";

/** Runs a case of a table. */
export async function runCase(rule: Rule, table: Table, one: Case): Promise<Outcome> {
    const beside = one.beside ?? table.clean.beside ?? [];
    return run(rule, sketchOf(table, one), beside, one.settings);
}

/**
 * Runs one rule on one resource, through the handlers that answer the engine.
 *
 * @param beside for a rule about a stack: what else is in it.
 * @param settings of the rule, as from `--policy-pack-config`.
 */
export async function run(
    rule: Rule,
    sketch: Sketch,
    beside: readonly Sketch[] = [],
    settings: Readonly<Record<string, unknown>> = {},
    facts: Facts = FACTS,
): Promise<Outcome> {
    const tested = [withSettings(policy(rule, facts), settings)];
    const response =
        rule.scope === "resource"
            ? await analyze(tested, request(sketch))
            : await analyzeStack(tested, stackRequest([sketch, ...beside]));
    const messages = response.getDiagnosticsList().map((diagnostic) => diagnostic.getMessage());
    return {
        violations: messages.filter((message) => !message.startsWith(CANNOT_RUN)),
        cannotRun: messages.some((message) => message.startsWith(CANNOT_RUN)),
        notApplicable: response.getNotApplicableList().length > 0,
    };
}
