import { counted } from "../../components/domain/counted";
import type { Review, StackReview } from "../review";
import { isLost } from "./sections/resources";
import { renamed } from "./sections/section";
import { and, plain } from "./text";

/**
 * The verdict in words: what stands against a merge, then how many secrets, workloads, identities and policies it is
 * about. What several stacks do alike counts once.
 */
export function headline(review: Review): string {
    const against = reasons(review);
    const sentence = facts(review).join(", ");
    if (against.length > 0) return `Must not be merged: ${and(against)}; ${sentence}`;
    const state = review.verdict === "clean" ? "" : `; the stacks are ${review.verdict}, as they were before`;
    return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${state}`;
}

/** What a merge would break, by kind. */
function reasons({ stacks, isolation }: Review): readonly string[] {
    const failing = stacks.filter(({ errors }) => errors.length > 0).map(({ stack }) => plain(stack));
    const refused = distinct(stacks, ({ refused: steps }) =>
        steps.map(({ place, message }) => `${place} ${message}`),
    );
    const policies = distinct(stacks, ({ violations }) =>
        violations.appeared.filter(({ level }) => level === "mandatory").map(({ policy }) => policy),
    );
    const findings =
        distinct(stacks, ({ accessFindings, environment }) =>
            accessFindings.appeared.map(({ message }) => general(message, environment)),
        ) + isolation.appeared.length;
    return [
        ...(failing.length === 0 ? [] : [`the program fails in ${and(failing)}`]),
        ...(refused === 0 ? [] : [`the ledger refuses ${counted(refused, "step")}`]),
        ...(policies === 0
            ? []
            : [counted(policies, "mandatory policy newly fails", "mandatory policies newly fail")]),
        ...(findings === 0 ? [] : [counted(findings, "finding")]),
    ];
}

function facts({ stacks }: Review): readonly string[] {
    const fields = (kind: "added" | "removed"): number =>
        distinct(stacks, ({ fields: own, documents }) => [
            ...own.filter((each) => each.kind === kind).map(({ field }) => field),
            ...documents
                .filter((each) => each.kind === kind)
                .flatMap(({ document, fields: names }) => names.map((name) => `${document}.${name}`)),
        ]);
    const rotated = (isCompromise: boolean): number =>
        distinct(stacks, ({ rotations }) =>
            rotations.filter((each) => each.isCompromise === isCompromise).map(({ field }) => field),
        );
    const workloads = (of: "isCut" | "restarts"): number =>
        distinct(stacks, (stack) =>
            stack.workloads.filter((each) => each[of]).map(({ consumer }) => consumer),
        );
    const identities = (kind: "gained" | "lost"): number =>
        distinct(stacks, ({ access, environment }) =>
            access
                .filter((each) => each.kind === kind)
                .map(({ cell }) => general(cell.identity, environment)),
        );
    const policies = distinct(stacks, ({ violations }) => violations.appeared.map(({ policy }) => policy));
    const lost = stacks.reduce((sum, { resources }) => sum + resources.filter(isLost).length, 0);
    const gains = identities("gained");
    const secrets = [
        count(rotated(true), "secret is compromised", "secrets are compromised"),
        count(rotated(false), "secret rotates", "secrets rotate"),
        count(fields("added"), "secret appears", "secrets appear"),
        count(fields("removed"), "secret goes", "secrets go"),
    ].flat();
    const restarts = count(workloads("restarts"), "workload restarts", "workloads restart");
    const alone = stacks.filter(({ compared }) => compared === "head-only").map(({ stack }) => plain(stack));
    if (alone.length === stacks.length && alone.length > 0) return ["nothing is compared"];
    return [
        ...(alone.length === 0 ? [] : [`${and(alone)} ${alone.length === 1 ? "is" : "are"} not compared`]),
        ...(secrets.length === 0 ? ["no secret rotates, appears or goes"] : secrets),
        ...(restarts.length === 0 ? ["no workload restarts"] : restarts),
        ...count(workloads("isCut"), "is cut off", "are cut off"),
        gains === 0
            ? "nobody gains access"
            : counted(gains, "identity gains access", "identities gain access"),
        ...count(identities("lost"), "loses access", "lose access"),
        ...count(lost, "PROTECTED RESOURCE WOULD BE DELETED", "PROTECTED RESOURCES WOULD BE DELETED"),
        counted(policies, "policy newly fails", "policies newly fail"),
    ];
}

const count = (number: number, one: string, many: string): readonly string[] =>
    number === 0 ? [] : [counted(number, one, many)];

const distinct = (stacks: readonly StackReview[], of: (stack: StackReview) => readonly string[]): number =>
    new Set(stacks.flatMap(of)).size;

/** A name without its environment: the same role of two environments is one. */
const general = (name: string, environment: string): string => renamed(name, environment, "{}");
