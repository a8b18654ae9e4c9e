import { parseArgs } from "node:util";
import { UNKNOWN, type StackResource } from "../../../policies/testing";
import { Random } from "../../model/random";
import { cleanStacks, type CleanStack } from "../support/clean-stacks";
import { editsOf, type Edit } from "./edits";

/**
 * `npm run sweep -- [--edits n] [--seed n]`: changes one place at random in the clean stacks, again and again, and lists
 * what no policy has anything against. A survivor is a question, not yet a fault: taking away a description of ours harms
 * nobody, and taking away a condition does.
 */
async function main(): Promise<number> {
    const { values } = parseArgs({ options: { edits: { type: "string" }, seed: { type: "string" } } });
    const edits = Number(values.edits ?? "1000");
    const seed = Number(values.seed ?? String(Date.now() % 1_000_000));
    if (!Number.isSafeInteger(edits) || edits < 1 || !Number.isSafeInteger(seed) || seed < 0) {
        console.error("--edits is a whole number from 1, and --seed one from 0");
        return 1;
    }
    const candidates = (await cleanStacks()).flatMap(candidatesOf);
    const random = new Random(seed);
    const survivors = new Map<string, string[]>();
    const tried = Math.min(edits, candidates.length);
    let survived = 0;
    for (let at = 0; at < tried; at++) {
        const { stack, resource, edit } = taken(candidates, random);
        const changed = {
            ...resource,
            inputs: applied(edit, resource.inputs),
            outputs: applied(edit, resource.outputs),
        };
        if ((await stack.pack.checkChanged(changed)).length > 0) continue;
        survived += 1;
        const place = `${edit.kind}: ${resource.type} ${edit.path.replaceAll(/\.\d+/g, ".…")}`;
        survivors.set(place, [...(survivors.get(place) ?? []), `${stack.name} ${resource.name}`]);
    }
    console.log(`seed ${String(seed)}: ${String(survived)} of ${String(tried)} changes survived`);
    for (const kind of KINDS) {
        const places = [...survivors].filter(([place]) => place.startsWith(`${kind}: `)).sort();
        if (places.length > 0) console.log(`\n${kind}`);
        for (const [place, on] of places)
            console.log(`  ${place.slice(kind.length + 2)} (${String(on.length)}, such as ${on[0] ?? ""})`);
    }
    return 0;
}

/** What widens comes first: what is gone is often a right less. */
const KINDS: readonly Edit["kind"][] = [
    "the other environment's",
    "a wildcard",
    "with a wildcard",
    "the contrary",
    "zero",
    "a thousand times",
    "empty",
    "gone",
];

interface Candidate {
    readonly stack: CleanStack;
    readonly resource: StackResource;
    readonly edit: Edit;
}

/** Of inputs, since outputs repeat them; components and what is not known have nothing to change. */
function candidatesOf(stack: CleanStack): Candidate[] {
    return stack.resources
        .filter(({ type }) => !/^(?:pulumi:pulumi:Stack|strongroom:(?!encryption:))/.test(type))
        .flatMap((resource) =>
            editsOf(resource.inputs)
                .filter(({ path }) => !JSON.stringify(valueOf(resource, path)).includes(UNKNOWN))
                .map((edit) => ({ stack, resource, edit })),
        );
}

const valueOf = ({ inputs }: StackResource, path: string): unknown =>
    inputs[path.split(/[.#[]/)[0] ?? ""] ?? null;

/** The same edit of the outputs, which hold the inputs. */
function applied(edit: Edit, props: StackResource["inputs"]): StackResource["inputs"] {
    const same = editsOf(props).find(({ path, kind }) => path === edit.path && kind === edit.kind);
    return (same?.apply(props) ?? props) as StackResource["inputs"];
}

/** One that was not taken before. */
function taken(candidates: Candidate[], random: Random): Candidate {
    const at = random.below(candidates.length);
    const chosen = candidates[at] as Candidate;
    candidates[at] = candidates.at(-1) as Candidate;
    candidates.pop();
    return chosen;
}

void main().then((code) => {
    process.exitCode = code;
});
