import assert from "node:assert/strict";
import { readFacts } from "../../policies/facts";

const CONFIG: Readonly<Record<string, string>> = {
    environment: "prod",
    environments: '["dev","prod"]',
    platforms: '{"devplatform":{"secrets":"aws-secrets-manager"},"yosai":{}}',
    aws: '{"accountId":"222222222222","region":"us-east-1","replicaRegion":"us-west-2"}',
    gcp: '{"project":"acme-prod","projectNumber":333333333333}',
    clusters:
        '{"eks":{"context":"eks-prod","oidcIssuer":"oidc.example.com/id/A"},"gke":{"context":"gke-prod"}}',
    vault: '{"address":"https://vault:8200","mount":"secret"}',
};

const read = (change: Readonly<Record<string, string | undefined>> = {}): ReturnType<typeof readFacts> => {
    const config: Readonly<Record<string, string | undefined>> = { ...CONFIG, ...change };
    return readFacts((key) => config[key]);
};

describe("the facts of a stack", () => {
    it("come from its configuration, with the parts that all platforms share", () => {
        assert.deepEqual(read().facts, {
            environment: "prod",
            environments: ["dev", "prod"],
            platforms: ["devplatform", "yosai", "strongroom", "control-plane"],
            aws: { accountId: "222222222222", regions: ["us-east-1", "us-west-2"] },
            gcp: { project: "acme-prod", projectNumber: "333333333333" },
            clusters: [{ context: "eks-prod", oidcIssuer: "oidc.example.com/id/A" }, { context: "gke-prod" }],
            vault: { address: "https://vault:8200", mount: "secret" },
        });
    });

    it("leave out a cloud that the environment does not use", () => {
        const facts = read({ gcp: undefined, vault: undefined }).facts;
        assert.ok(facts);
        assert.equal(facts.gcp, undefined);
        assert.equal(facts.vault, undefined);
    });

    it("name the deployer's role and those of the configuration as expected readers", () => {
        const roleArn = (name: string): string => `arn:aws:iam::222222222222:role/${name}`;
        const aws = {
            accountId: "222222222222",
            region: "us-east-1",
            deployerRoleArn: roleArn("deployer"),
        };
        const alerts = { emails: ["a@example.com"], expected: [roleArn("rotation")] };
        const { facts } = read({ aws: JSON.stringify(aws), alerts: JSON.stringify(alerts) });
        assert.deepEqual(facts?.expectedReaders, [roleArn("deployer"), roleArn("rotation")]);
    });

    it("take an account id that YAML read as a number", () => {
        assert.equal(read({ aws: '{"accountId":222222222222}' }).facts?.aws?.accountId, "222222222222");
    });

    it("tell all mistakes at once, and no value", () => {
        const canary = "cAnArY";
        const { facts, mistakes } = read({
            environment: undefined,
            platforms: canary,
            gcp: "{}",
            clusters: '{"eks":{}}',
            vault: "[1]",
        });
        assert.equal(facts, undefined);
        for (const place of [
            "environment",
            "environments",
            "platforms",
            "gcp.project",
            "clusters.eks.context",
            "vault",
        ]) {
            assert.ok(mistakes.includes(`strongroom:${place}`), place);
        }
        assert.ok(!mistakes.includes(canary));
    });

    for (const [title, environments] of [
        ["without this one", '["dev"]'],
        ["as no list", '"prod"'],
        ["empty", "[]"],
    ] as const) {
        it(`are refused with a list of environments ${title}`, () => {
            assert.match(read({ environments }).mistakes ?? "", /strongroom:environments/);
        });
    }
});
