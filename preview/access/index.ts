import type { Rendering } from "../rendering";
import { awsAuthority } from "./aws";
import { credentialsOf } from "./credentials";
import { Estate, order } from "./estate";
import { findingsOf } from "./findings";
import { gcpAuthority } from "./gcp";
import { unknownKinds } from "./kinds";
import { kubernetesAuthority } from "./kubernetes";
import { allAnswers, credentialEdges, directAnswers, questions } from "./matrix";
import type { Mode } from "./matrix";
import { operatorsOf } from "./operators";
import { byIdentity, Register } from "./register";
import type { AccessMatrix, Authority, Cell, Entry } from "./types";
import { VERB_ORDER } from "./verbs";
import { vaultAuthority } from "./vault";

export type * from "./types";
export { accessText } from "./text";
export { VERB_ORDER, VERBS } from "./verbs";
export type { Verb } from "./verbs";

/**
 * Who may do what with the entries of each stack, by evaluating together what all of them would grant: identities of
 * one stack are asked about the entries of the others. In the order of the renderings.
 *
 * @param mode `naive` evaluates every question, for holding the index to it
 */
export function accessMatrices(
    renderings: readonly Rendering[],
    mode: Mode = "indexed",
): readonly AccessMatrix[] {
    const estate = new Estate(renderings);
    const register = new Register();
    // Clusters first: the others trust their service accounts.
    const kubernetes = kubernetesAuthority(estate, register);
    const authorities: readonly Authority[] = [
        erased(kubernetes),
        erased(awsAuthority(estate, register)),
        erased(gcpAuthority(estate, register)),
        erased(vaultAuthority(estate, register)),
    ];
    const direct = directAnswers(authorities, mode);
    const trust = authorities.flatMap((each) => each.edges());
    const identities = [
        ...new Set([
            ...authorities.flatMap((each) => each.identities()),
            ...trust.flatMap(({ from, to }) => [from, to]),
        ]),
    ].sort(byIdentity);
    const entries = authorities.flatMap((each) => each.entries);
    const { credentials, gaps } = credentialsOf(estate, entries, register);
    const edges = [...trust, ...credentialEdges(identities, direct, credentials)].sort(
        (a, b) => byIdentity(a.to, b.to) || byIdentity(a.from, b.from),
    );
    const operators = operatorsOf(estate, identities, edges);
    const cells = [...allAnswers(identities, direct, edges)].sort(byCell);
    const unread = [...unknownKinds(estate), ...authorities.flatMap((each) => each.gaps), ...gaps];
    return renderings.map(({ stack }) => {
        const environment = estate.environment(stack);
        const own = entries.filter((entry) => entry.stack === stack).sort(byEntry);
        const ownCells = cells.filter(({ entry }) => entry.stack === stack);
        const others = identities.filter(
            (each) => each.environment !== undefined && each.environment !== environment,
        );
        const concerns = edges.filter(({ to }) => to.stack === undefined || to.stack === stack);
        const access = {
            stack,
            environment,
            askedStacks: renderings.map((each) => each.stack).sort(order),
            identities,
            operators,
            entries: own,
            cells: ownCells,
            edges: concerns,
            questions: questions(identities, own, ownCells, direct),
            foreign: questions(others, own, ownCells, direct),
        };
        const here = unread.filter((gap) => gap.stack === undefined || gap.stack === stack);
        return { ...access, findings: findingsOf(estate, access, here) };
    });
}

/** Each system is asked about its own identities and entries only, so that their kinds need not be told apart. */
const erased = (authority: unknown): Authority => authority as Authority;

/** One stack alone: what other stacks grant is not seen. */
export function accessMatrix(rendering: Rendering): AccessMatrix {
    const [matrix] = accessMatrices([rendering]);
    if (matrix === undefined) throw new RangeError("a rendering has a matrix");
    return matrix;
}

const byEntry = (a: Entry, b: Entry): number =>
    order(a.store, b.store) || order(a.realm ?? "", b.realm ?? "") || order(a.path, b.path);
const byCell = (a: Cell, b: Cell): number =>
    byEntry(a.entry, b.entry) ||
    VERB_ORDER.indexOf(a.verb) - VERB_ORDER.indexOf(b.verb) ||
    byIdentity(a.identity, b.identity);
