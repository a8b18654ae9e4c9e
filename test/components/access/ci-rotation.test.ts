import assert from "node:assert/strict";
import { iamPattern } from "../../../preview/access/wildcards";
import type { RenderedResource, Rendering } from "../../../preview/rendering";
import { kindAndName, one, renderShop } from "../../support/render-shop";
import type { ShopOptions } from "../../support/render-shop";

/**
 * That the pipeline may do what a rotation changes, and that nobody is alarmed by it. What this does not prove: which
 * calls the provider makes for a change.
 */

const AWS = {
    accountId: "210987654321",
    region: "us-east-1",
    deployerRoleArn: "arn:aws:iam::210987654321:role/deployer",
};
const DEPLOY_ROLE = "arn:aws:iam::210987654321:role/strongroom-prod-ci-deploy";
const ci = { github: { repository: "example-org/strongroom" } };
const shop = (secrets: string, more: Partial<ShopOptions> = {}) =>
    renderShop({ secrets, config: "kubernetes", environment: { aws: AWS, ci }, ...more });

interface Statement {
    readonly Effect: string;
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
}

/** What each kind of resource is written by. */
const WRITES: Readonly<Record<string, string>> = {
    Secret: "secretsmanager:TagResource",
    SecretVersion: "secretsmanager:PutSecretValue",
    Parameter: "ssm:PutParameter",
    MetricAlarm: "cloudwatch:PutMetricAlarm",
};

function changed(before: Rendering, after: Rendering): RenderedResource[] {
    const texts = new Map(before.resources.map((each) => [each.urn, JSON.stringify(each.inputs)]));
    return after.resources.filter(
        ({ urn, type, inputs }) => type.startsWith("aws:") && texts.get(urn) !== JSON.stringify(inputs),
    );
}

const kindOf = (resource: RenderedResource): string => kindAndName(resource).split(" ")[0] ?? "";

describe("a rotation", function () {
    this.timeout("1 minute");

    const stores: readonly (readonly [secrets: string, kinds: readonly string[]])[] = [
        ["aws-secrets-manager", ["MetricAlarm", "Secret"]],
        ["aws-parameter-store", ["MetricAlarm", "Parameter"]],
    ];
    for (const [secrets, kinds] of stores) {
        it(`in ${secrets} changes nothing on AWS but what the pipeline may write`, async () => {
            const [before, after] = await Promise.all([
                shop(secrets),
                shop(secrets, { ledger: "rotated.yaml" }),
            ]);
            const found = changed(before, after);
            assert.deepEqual([...new Set(found.map(kindOf))].sort(), kinds);
            const { Statement } = JSON.parse(
                one(before, "Policy strongroom-prod-ci-deploy-1").inputs["policy"] as string,
            ) as { Statement: Statement[] };
            for (const resource of found) {
                const arn = resource.outputs["arn"] as string;
                const allows = Statement.some(
                    ({ Effect, Action, Resource }) =>
                        Effect === "Allow" &&
                        Action.includes(WRITES[kindOf(resource)] ?? "") &&
                        Resource.some((pattern) => iamPattern(pattern).matches(arn)),
                );
                assert.ok(allows, arn);
            }
        });
    }
});

describe("the alerts on reads", function () {
    this.timeout("1 minute");

    it("leave the pipeline out on AWS, which reads back what it writes, and not where it reads nothing", async () => {
        const { resources } = await shop("aws-secrets-manager", {
            environment: { aws: { ...AWS, replicaRegion: "us-west-2" }, ci },
        });
        const leavesOut = resources
            .filter(({ type }) => type.endsWith(":EventRule"))
            .filter(({ inputs }) => /GetSecretValue/.test(inputs["eventPattern"] as string))
            .map(({ provider, inputs }) => [
                /aws-(us-[a-z]+-\d)/.exec(provider ?? "")?.[1],
                (inputs["eventPattern"] as string).includes(DEPLOY_ROLE),
            ]);
        assert.deepEqual(leavesOut.sort(), [
            ["us-east-1", true],
            ["us-west-2", false],
        ]);
    });

    it("leave it out on Google Cloud", async () => {
        const { resources } = await shop("gcp-secret-manager");
        const reads = resources
            .map(({ inputs }) => JSON.stringify(inputs))
            .filter((text) => text.includes("AccessSecretVersion") && text.includes("filter"));
        assert.ok(reads.length > 0);
        for (const text of reads)
            assert.ok(text.includes("strongroom-prod-ci-deploy@shop-prod.iam.gserviceaccount.com"));
    });
});
