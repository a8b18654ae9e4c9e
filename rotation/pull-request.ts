import { addTo } from "../components/domain/grouped";
import { counted } from "../components/domain/counted";
import { code, markdownList as list, markdownTable as table } from "../components/domain/markdown";
import type { Fault } from "../components/domain/rotation/faults";
import type { LedgerField } from "../components/domain/rotation/ledger";
import { handLines } from "./by-hand";
import type { FieldFacts } from "./describe";
import type { HeldStep, Plan, PlannedStep } from "./plan";
import type { RotatingStack } from "./stack";
import { oldValueText, whatText, whyText } from "./step-text";

/**
 * The text of a pull request in Markdown: what rotates and why, until when the old value works, who has to restart,
 * what is to be done by hand, and the way back. Holds no value.
 */
export function pullRequestText(plans: readonly Plan[], facts: ReadonlyMap<string, FieldFacts>): string {
    const sections = plans.map((plan) => planText(plan, facts)).filter((text) => text !== "");
    return sections.length === 0 ? "Nothing rotates.\n" : `${sections.join("\n\n")}\n`;
}

/** `Rotation in prod: 2 steps`: the title of a pull request. */
export function pullRequestTitle(plans: readonly Plan[]): string {
    const moving = plans.filter(({ steps }) => steps.length > 0);
    const count = moving.reduce((sum, { steps }) => sum + steps.length, 0);
    const names = moving.map(({ stack }) => stack.stack).join(" and ");
    if (count === 0) return "Nothing rotates";
    const urgent = moving.some(({ steps }) => steps.some(isCompromise));
    return `${urgent ? "Compromise" : "Rotation"} in ${names}: ${counted(count, "step")}`;
}

function planText(plan: Plan, facts: ReadonlyMap<string, FieldFacts>): string {
    const { stack, steps, held, asks } = plan;
    if (steps.length + held.length + asks.length === 0) return "";
    const parts = [
        `## ${stack.stack}: ${steps.length === 0 ? "nothing changes" : counted(steps.length, "step")}`,
    ];
    if (steps.length > 0) {
        parts.push(
            table(
                ["field", "what", "why", "the old value"],
                steps.map((step) => [
                    code(step.field),
                    whatText(step),
                    whyText(step),
                    oldValueText(step, stack.fields.get(step.field)),
                ]),
            ),
        );
        const hands = handLines(plan, facts);
        if (hands.length > 0) parts.push(`**By hand**\n\n${list(hands)}`);
        const delivered = steps.filter((step) => isDelivered(step, stack.fields.get(step.field)));
        parts.push(`**Who takes it**\n\n${list(consumerLines(delivered, facts))}`);
        parts.push(
            `**After the merge**\n\n${list([
                `${code(`pulumi up --stack ${stack.stack}`)} ${deadline(steps, stack)}`,
                `${code(`npm run rotate -- verify --stack ${stack.stack}`)}: every consumer runs the new generation`,
            ])}`,
        );
        parts.push(`**The way back**\n\n${list(wayBackLines(steps, stack.stack))}`);
    }
    if (asks.length > 0) {
        parts.push(
            `**To be issued by others**\n\n${list(
                asks.map(({ field, why, cause }) => {
                    const issuer = facts.get(field)?.issuer ?? "its issuer";
                    const { reason = "schedule", reference } = cause ?? {};
                    const because =
                        reference === undefined ? "" : ` --reason "${reason}" --ref "${reference}"`;
                    const record = `npm run rotate -- external ${field} --set-on <day> --stack ${stack.stack}${because}`;
                    return `${code(field)} (${why}): a new value from ${issuer}; set it, revoke the old one there, then ${code(record)}`;
                }),
            )}`,
        );
    }
    if (held.length > 0) parts.push(`**Held back**\n\n${list(heldLines(held))}`);
    return parts.join("\n\n");
}

/** Steps that change what consumers are given; what is only kept for the way back is given to nobody. */
function isDelivered({ step }: PlannedStep, field: LedgerField | undefined): boolean {
    if (["reschedule", "start rewrite", "confirm rewrite"].includes(step.kind)) return false;
    return step.kind !== "retire" || field?.rotationClass.strategy === "overlap";
}

function consumerLines(steps: readonly PlannedStep[], facts: ReadonlyMap<string, FieldFacts>): string[] {
    const breaks = new Set(steps.filter(({ step }) => step.kind === "revoke").map(({ field }) => field));
    const byWorkload = new Map<string, { restarts: boolean; breaks: boolean; fields: string[] }>();
    for (const { field } of steps) {
        for (const { platform, workload, restarts } of facts.get(field)?.consumers ?? []) {
            const name = `${platform}: ${workload}`;
            const known = byWorkload.get(name) ?? { restarts, breaks: false, fields: [] };
            known.fields.push(code(field));
            known.breaks ||= breaks.has(field);
            byWorkload.set(name, known);
        }
    }
    if (byWorkload.size === 0) return ["nobody reads what changes"];
    return [...byWorkload]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, { restarts, breaks: broken, fields }]) => {
            const how = restarts ? "restarts" : "reads its files anew";
            return `${name} ${how}: ${fields.join(", ")}${broken ? " **(refused until it does)**" : ""}`;
        });
}

function wayBackLines(steps: readonly PlannedStep[], stack: string): string[] {
    const names = (chosen: readonly PlannedStep[]): string =>
        chosen.map(({ field }) => code(field)).join(", ");
    const back = steps.filter(({ after }) => after.next !== undefined || after.previous !== undefined);
    const gone = steps.filter(({ after }) => after.next === undefined && after.previous === undefined);
    return [
        ...(back.length === 0
            ? []
            : [
                  `${code(`npm run rotate -- rollback <field> --stack ${stack} --ref <ticket>`)} while the other value lives: ${names(back)}`,
              ]),
        ...(gone.length === 0 ? [] : [`none but another rotation: ${names(gone)}`]),
    ];
}

const isCompromise = ({ step, after }: PlannedStep): boolean =>
    "cause" in step
        ? step.cause.reason === "compromise"
        : step.kind === "promote" && after.current.reason === "compromise";

/** Until when it is to be deployed: the times of the classes reckon with it. */
function deadline(steps: readonly PlannedStep[], { config, fields }: RotatingStack): string {
    if (steps.some(isCompromise)) return "now: until then the compromised value is in use";
    const dated = steps.flatMap(({ field, step }) =>
        "on" in step && fields.get(field)?.rotationClass.strategy !== "external" ? [step.on] : [],
    );
    const first = dated.sort()[0];
    if (first === undefined) return "at any time";
    return `within ${config.rotation.deployWithin} of ${first}, 00:00 UTC`;
}

/** Steps that the same holds back stand in one line. */
function heldLines(held: readonly HeldStep[]): string[] {
    const byReason = new Map<string, string[]>();
    for (const { field, kind, faults } of held) {
        const reason = `${kind}: ${faults.map(faultText).join(" ")}`;
        addTo(byReason, reason, code(field));
    }
    return [...byReason].map(([reason, fields]) => `${fields.join(", ")}, ${reason}`);
}

function faultText({ message, fix }: Fault): string {
    return `${message.charAt(0).toUpperCase()}${message.slice(1)}. ${fix}.`;
}
