import type { PropertyMap } from "../preview/engine/values";
import { accessMatrices } from "../preview/access";
import type { AccessMatrix } from "../preview/access";
import type { RenderedResource, Rendering } from "../preview/rendering";
import { renderForGolden } from "../cli/golden";

/**
 * `npm run bench:access`: how long who-may-do-what takes, for the stacks as they are and for made-up ones with many
 * documents and identities; with the index, and without it as long as that is bearable. By hand only.
 */
const RUNS = 5;
const NAIVE_UNTIL = 500_000;

async function main(): Promise<void> {
    print("estate", "questions", "indexed", "without index", "a second");
    row("the stacks", await renderForGolden());
    for (const documents of [100, 1_000, 5_000])
        row(`${String(documents)} documents, 100 roles`, [madeUp(documents, 100)]);
}

function row(title: string, renderings: readonly Rendering[]): void {
    const asked = (matrices: readonly AccessMatrix[]): number =>
        matrices.reduce((sum, { questions }) => sum + questions.asked, 0);
    const count = asked(accessMatrices(renderings));
    const indexed = median(() => accessMatrices(renderings));
    const naive = count > NAIVE_UNTIL ? undefined : median(() => accessMatrices(renderings, "naive"));
    print(
        title,
        count.toLocaleString("en"),
        `${indexed.toFixed(0)} ms`,
        naive === undefined ? "-" : `${naive.toFixed(0)} ms`,
        Math.round((1000 * count) / indexed).toLocaleString("en"),
    );
}

/** In milliseconds. */
function median(once: () => unknown): number {
    const times = Array.from({ length: RUNS }, () => {
        const before = performance.now();
        once();
        return performance.now() - before;
    }).sort((a, b) => a - b);
    return times[Math.floor(RUNS / 2)] ?? NaN;
}

/** Secrets, each read by one of the roles, as a stack of one account would have them. */
function madeUp(documents: number, roles: number): Rendering {
    const account = "222222222222";
    const arn = (at: number, suffix: string): string =>
        `arn:aws:secretsmanager:us-east-1:${account}:secret:estate/bench/d${String(at)}-${suffix}`;
    const resource = (
        type: string,
        name: string,
        inputs: PropertyMap,
        outputs: PropertyMap,
    ): RenderedResource => ({
        urn: `urn:pulumi:bench::strongroom::${type}::${name}`,
        type,
        name,
        custom: true,
        read: false,
        inputs,
        outputs: { ...inputs, ...outputs },
        dependencies: [],
        propertyDependencies: {},
        options: {},
    });
    const secrets = Array.from({ length: documents }, (_, at) => {
        const name = `estate/bench/d${String(at)}`;
        return resource("aws:secretsmanager/secret:Secret", name, { name }, { arn: arn(at, "a1b2c3") });
    });
    const readers = Array.from({ length: roles }, (_, at) => {
        const name = `r${String(at)}`;
        const own = secrets.flatMap((_, document) =>
            document % roles === at ? [arn(document, "??????")] : [],
        );
        const statement = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: own };
        return [
            resource("aws:iam/role:Role", name, { name }, { arn: `arn:aws:iam::${account}:role/${name}` }),
            resource(
                "aws:iam/rolePolicy:RolePolicy",
                name,
                { role: name, policy: JSON.stringify({ Statement: statement }) },
                {},
            ),
        ];
    }).flat();
    return {
        organization: "bench",
        project: "strongroom",
        stack: "bench",
        resources: [...secrets, ...readers],
        outputs: {},
        violations: [],
        diagnostics: [],
        opaqueConfigKeys: [],
        complete: true,
    };
}

function print(first: string, ...others: string[]): void {
    console.log([first.padEnd(30), ...others.map((text) => text.padStart(16))].join(""));
}

void main();
