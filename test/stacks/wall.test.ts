import assert from "node:assert/strict";
import { wallProblems } from "../../stacks/config/wall";

const stack = (name: string, environment: string, change: Record<string, unknown> = {}) => {
    const own: Record<string, unknown> = {
        aws: { accountId: environment === "prod" ? "210987654321" : "123456789012" },
        gcp: { project: `acme-${environment}` },
        vault: { address: `https://vault.${environment}.example.com`, mount: "secret" },
        clusters: { main: { context: environment } },
        ...change,
    };
    const values = Object.entries(own).map(
        ([key, value]) => [`strongroom:${key}`, JSON.stringify(value)] as const,
    );
    const plain = {
        "strongroom:environment": environment,
        "strongroom:ledger": `ledger/${environment}.yaml`,
    };
    return { stack: name, values: { ...Object.fromEntries(values), ...plain } };
};

describe("the wall between environments", () => {
    it("stands where nothing is shared", () => {
        assert.deepEqual(wallProblems([stack("dev", "dev"), stack("prod", "prod")]), []);
    });
    it("lets parts of one environment share", () => {
        assert.deepEqual(wallProblems([stack("prod.shop", "prod"), stack("prod.bank", "prod")]), []);
    });
    const cases: [string, Record<string, unknown>, RegExp][] = [
        [
            "an AWS account",
            { aws: { accountId: "123456789012" } },
            /AWS account '123456789012' is also the one of dev/,
        ],
        ["a GCP project", { gcp: { project: "acme-dev" } }, /GCP project 'acme-dev'/],
        [
            "a Vault mount",
            { vault: { address: "https://vault.dev.example.com", mount: "secret" } },
            /Vault server and mount/,
        ],
        ["a cluster", { clusters: { x: { context: "dev" } } }, /cluster context 'dev'/],
    ];
    for (const [title, change, message] of cases) {
        it(`does not stand where two environments share ${title}`, () => {
            const problems = wallProblems([stack("dev", "dev"), stack("prod", "prod", change)]);
            assert.equal(problems.length, 1);
            assert.equal(problems[0]!.place, "Pulumi.prod.yaml");
            assert.match(problems[0]!.message, message);
        });
    }
    it("is not held up by configuration of another shape", () => {
        const broken = {
            stack: "prod",
            values: { "strongroom:aws": "{", "strongroom:gcp": "5", "strongroom:clusters": "[null]" },
        };
        assert.deepEqual(wallProblems([stack("dev", "dev"), broken]), []);
    });
});
