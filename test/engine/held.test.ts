import { deepStrictEqual, ok } from "node:assert/strict";
import path from "node:path";

import { renderStacks, type Rendering } from "../../preview";
import { differences, fromOurs, fromReal, type Comparable } from "./comparable";
import { PASSPHRASE, realPreview, skipWithoutEngine, type RealPreviewOptions } from "./real-engine";

const POLICIES = path.resolve(__dirname, "../../policies");
const POLICY_CONFIG = { pack: POLICIES, packConfig: path.join(POLICIES, "config.prod.json") };

interface Held {
    readonly subject: string;
    readonly plugins: readonly string[];
    readonly options: RealPreviewOptions;
    /** `place: the engine's -> ours`; each is there by design. */
    readonly resources: readonly string[];
    readonly outputs: readonly string[];
    readonly diagnostics: readonly string[];
    /** At least as many violations, so that none at all is noticed. */
    readonly violationsMin: number;
}

const program = (name: string): string => path.join(__dirname, "programs", name);

const OTHERS = { other: { url: "https://known" } };
/** Another stack's state is not opened: its outputs are unknown. */
const ELSEWHERE = ['elsewhere: "https://known" -> "[unknown]"'];

const PROGRAMS: readonly Held[] = [
    {
        subject: "options, secrets, transforms, hooks, a stack reference and a pack that sees them",
        plugins: ["random"],
        options: {
            project: program("random"),
            stack: "dev",
            pack: path.join(__dirname, "pack"),
            others: OTHERS,
        },
        resources: [],
        outputs: ELSEWHERE,
        diagnostics: [],
        violationsMin: 10,
    },
    {
        subject: "policies that change inputs",
        plugins: ["random"],
        options: {
            project: program("random"),
            stack: "dev",
            pack: path.join(__dirname, "remediating"),
            others: OTHERS,
        },
        // The engine shows what a policy hands back; a value that was secret stays so here.
        resources: ['secret-input.inputs.prefix: "shown-to-nobody" -> "[secret]"'],
        outputs: ELSEWHERE,
        diagnostics: [],
        violationsMin: 10,
    },
    {
        subject: "objects of a cluster, and our policies that find something in them",
        plugins: ["random", "kubernetes"],
        options: { project: program("kubernetes"), stack: "prod", ...POLICY_CONFIG },
        // An object's id follows from its namespace and name; the engine waits for the API server to tell.
        resources: ['settings.inputs.data.URL: "[unknown]" -> "shop-prod/db"'],
        outputs: ['accountId: "[unknown]" -> "shop-prod/api"'],
        // Of the provider, which renders to files here.
        diagnostics: ["db", "text"].map(
            (name, at) =>
                `${at + 1}: "warning | urn:pulumi:prod::cluster::kubernetes:core/v1:Secret::${name} | ` +
                'rendered YAML will contain a secret value in plaintext" -> undefined',
        ),
        violationsMin: 10,
    },
    {
        subject: "our own program with a small catalogue, and our policies",
        plugins: ["random", "kubernetes"],
        options: { project: program("components"), stack: "prod", ...POLICY_CONFIG },
        resources: [],
        outputs: [],
        diagnostics: [],
        violationsMin: 0,
    },
];

/**
 * Does not prove anything about providers whose plugins are not there, and of those that are only what their checks make
 * of inputs: a preview of the engine creates nothing.
 */
for (const { subject, plugins, options, violationsMin, ...expected } of PROGRAMS) {
    describe(`the offline preview, held to the real engine: ${subject}`, () => {
        let ours: Comparable;
        let theirs: Comparable;

        before(async function () {
            await skipWithoutEngine(this, ...plugins);
            const { project: directory, stack, pack } = options;
            const policyPacks = pack === undefined ? [] : [pack];
            const [real, [offline]] = await Promise.all([
                realPreview(options),
                renderStacks({ directory, stacks: [stack], policyPacks, passphrase: PASSPHRASE }),
            ]);
            ours = fromOurs(offline as Rendering);
            theirs = fromReal(real);
        });

        it("registers the same resources, with the same inputs, parents, providers, dependencies and options", () => {
            ok(Object.keys(theirs.resources).length > 10);
            deepStrictEqual(differences(theirs.resources, ours.resources), expected.resources);
        });

        it("gives the stack the same outputs", () => {
            deepStrictEqual(differences(theirs.outputs, ours.outputs), expected.outputs);
        });

        it("finds the same violations, at the same levels", () => {
            ok(theirs.violations.length >= violationsMin);
            deepStrictEqual(ours.violations, theirs.violations);
        });

        it("says the same", () => {
            deepStrictEqual(differences(theirs.diagnostics, ours.diagnostics), expected.diagnostics);
        });
    });
}
