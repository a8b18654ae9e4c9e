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
    it("does not stand where one key opens the state of two environments, and tells no key's text", () => {
        const shared = [
            [
                { provider: "awskms://alias/state?region=us-east-1" },
                /key of the state 'awskms:\/\/alias\/state in us-east-1'/,
            ],
            [
                { provider: "gcpkms://projects/a/locations/b/keyRings/c/cryptoKeys/d" },
                /key of the state 'gcpkms/,
            ],
            [{ salt: "v1:cAnArY=:v1:x" }, /salt of the state's passphrase is also the one of dev/],
            [{ encryptedKey: "cAnArY" }, /encrypted key of the state is also the one of dev/],
        ] as const;
        for (const [encryption, message] of shared) {
            const [problem, ...others] = wallProblems([
                { ...stack("dev", "dev"), encryption },
                { ...stack("prod", "prod"), encryption },
                { ...stack("prod.shop", "prod"), encryption },
            ]);
            assert.match(problem?.message ?? "", message);
            assert.ok(!problem?.message.includes("cAnArY"));
            assert.deepEqual(
                others.map(({ place }) => place),
                ["Pulumi.prod.shop.yaml"],
            );
        }
    });
    it("stands where the keys of the states differ, if only by region, or are not named", () => {
        const pairs = [
            ["awskms://alias/state?region=us-east-1", "awskms://alias/state?region=eu-west-1"],
            ["awskms://alias/dev", "awskms://alias/prod"],
            ["passphrase", "passphrase"],
            ["default", "default"],
        ] as const;
        for (const [dev, prod] of pairs) {
            const problems = wallProblems([
                { ...stack("dev", "dev"), encryption: { provider: dev } },
                { ...stack("prod", "prod"), encryption: { provider: prod } },
            ]);
            assert.deepEqual(problems, []);
        }
    });
    it("knows a key however it is reached", () => {
        const reach = (query: string) => ({ provider: `awskms://1234abcd-12ab?${query}` });
        const problems = wallProblems([
            { ...stack("dev", "dev"), encryption: reach("region=us-east-1&profile=dev") },
            { ...stack("prod", "prod"), encryption: reach("region=us-east-1&awssdk=v2") },
        ]);
        assert.equal(problems.length, 1);
    });
    it("is not held up by configuration of another shape", () => {
        const broken = {
            stack: "prod",
            values: { "strongroom:aws": "{", "strongroom:gcp": "5", "strongroom:clusters": "[null]" },
        };
        assert.deepEqual(wallProblems([stack("dev", "dev"), broken]), []);
    });
});
