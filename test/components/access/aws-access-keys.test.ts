import assert from "node:assert/strict";
import { Secret, Unknown } from "../../../preview/engine/values";
import type { Rendering } from "../../../preview/rendering";
import { kindAndName, one, renderShop } from "../../support/render-shop";
import type { ShopOptions } from "../../support/render-shop";

/**
 * Access keys of an IAM user. What this does not prove: that IAM allows what the rotator does with its three rights,
 * and that a role can be assumed as soon as it is made.
 */

const AWS = { accountId: "210987654321", region: "us-east-1" };
const DEPLOYER = "arn:aws:iam::210987654321:role/deployer";

const shop = (more: Partial<ShopOptions> = {}): Promise<Rendering> =>
    renderShop({
        secrets: "aws-secrets-manager",
        config: "kubernetes",
        program: "native-program",
        environment: { aws: { ...AWS, deployerRoleArn: DEPLOYER }, etcd: undefined },
        ...more,
    });

/** What stands under the document of the key, and the values that go into it. */
const belowBucket = ({ resources }: Rendering): string[] => {
    const parents = new Set(resources.filter(({ name }) => name === "shop/bucket").map(({ urn }) => urn));
    return resources
        .filter(({ parent }) => parent !== undefined && parents.has(parent))
        .map(kindAndName)
        .sort();
};

const USER = ["AccessKey shop/bucket.id-g1", "User shop-prod-bucket"];
const ROTATOR = [
    "Role shop-prod-bucket-rotator",
    "RolePolicy shop-prod-bucket-rotator-rotate",
    "aws shop-prod-bucket-rotator",
];
const ENTRY = ["Secret shop/bucket", "SecretPolicy shop/bucket", "SecretVersion shop/bucket"];

describe("an access key", function () {
    this.timeout("1 minute");

    it("in AWS is a user without a policy, a key, and a role that rotates it", async () => {
        const rendering = await shop();
        assert.deepEqual(rendering.diagnostics, []);
        assert.deepEqual(belowBucket(rendering), [...USER, ...ROTATOR, ...ENTRY].sort());
        assert.deepEqual(one(rendering, "User shop-prod-bucket").inputs, {
            name: "shop-prod-bucket",
            tags: {
                environment: "prod",
                platform: "shop",
                owner: "team",
                class: "storage",
                "managed-by": "strongroom",
                "rotation-class": "key-pair",
            },
        });
        assert.deepEqual(one(rendering, "AccessKey shop/bucket.id-g1").inputs, { user: "shop-prod-bucket" });
    });

    it("is created by a role with exactly three rights on exactly its user, for the deployer alone", async () => {
        const rendering = await shop();
        const policy = one(rendering, "RolePolicy shop-prod-bucket-rotator-rotate").inputs["policy"];
        assert.deepEqual(JSON.parse(policy as string), {
            Version: "2012-10-17",
            Statement: [
                {
                    Sid: "RotateOwnAccessKeys",
                    Effect: "Allow",
                    Action: ["iam:CreateAccessKey", "iam:DeleteAccessKey", "iam:ListAccessKeys"],
                    Resource: "arn:aws:iam::210987654321:user/shop-prod-bucket",
                },
            ],
        });
        const role = one(rendering, "Role shop-prod-bucket-rotator").inputs;
        assert.equal((role["tags"] as Record<string, unknown>)["class"], "rotation");
        const trust = role["assumeRolePolicy"];
        assert.deepEqual(JSON.parse(trust as string), {
            Version: "2012-10-17",
            Statement: [
                {
                    Sid: "AssumedByTheDeployer",
                    Effect: "Allow",
                    Principal: { AWS: DEPLOYER },
                    Action: "sts:AssumeRole",
                },
            ],
        });
        const provider = one(rendering, "aws shop-prod-bucket-rotator");
        assert.deepEqual(JSON.parse(provider.inputs["allowedAccountIds"] as string), [AWS.accountId]);
        assert.deepEqual(JSON.parse(provider.inputs["assumeRoles"] as string), [
            {
                roleArn: "arn:aws:iam::210987654321:role/shop-prod-bucket-rotator",
                sessionName: "strongroom",
                duration: "15m",
            },
        ]);
        const key = one(rendering, "AccessKey shop/bucket.id-g1");
        assert.ok(key.provider?.startsWith(provider.urn));
    });

    it("is created with the deployer's own rights where no deployer is named", async () => {
        const rendering = await shop({ environment: { aws: AWS, etcd: undefined } });
        const provider = "aws shop-prod-bucket-rotator";
        assert.deepEqual(belowBucket(rendering), [...USER, provider, ...ENTRY].sort());
        assert.equal(one(rendering, provider).inputs["assumeRoles"], undefined);
    });

    it("keeps its provider when a deployer is named later, since another one would replace the key", async () => {
        const [without, named] = await Promise.all([
            shop({ environment: { aws: AWS, etcd: undefined } }),
            shop(),
        ]);
        const providerOf = (rendering: Rendering) => one(rendering, "AccessKey shop/bucket.id-g1").provider;
        const urn = one(named, "aws shop-prod-bucket-rotator").urn;
        assert.ok(providerOf(named)?.startsWith(urn) && providerOf(without)?.startsWith(urn));
    });

    it("is a secret where it comes from, and written into its document", async () => {
        const rendering = await shop();
        assert.ok(one(rendering, "AccessKey shop/bucket.id-g1").outputs["secret"] instanceof Secret);
        const written = one(rendering, "SecretVersion shop/bucket");
        assert.ok(written.inputs["secretString"] instanceof Unknown);
        assert.deepEqual(
            written.propertyDependencies["secretString"]?.map((urn) => urn.split("::").at(-1)),
            ["shop/bucket.id-g1"],
        );
    });

    it("adds a key before it removes one: a rotation changes nothing else but its document", async () => {
        const texts = ({ resources }: Rendering) =>
            new Map(
                resources.map(
                    (resource) => [kindAndName(resource), JSON.stringify(resource.inputs)] as const,
                ),
            );
        const [before, after] = [texts(await shop()), texts(await shop({ ledger: "rotating.yaml" }))];
        const added = [...after.keys()].filter((name) => !before.has(name));
        const removed = [...before.keys()].filter((name) => !after.has(name));
        assert.deepEqual([added, removed], [["AccessKey shop/bucket.id-g2"], []]);
        const changed = [...after].filter(([name, text]) => before.has(name) && before.get(name) !== text);
        // The stamps: on the document's entry, on the alarm that counts from its day, and on what syncs it; the value
        // itself is unknown in both.
        assert.deepEqual(
            changed.map(([name]) => name),
            [
                "Document shop/bucket",
                "Secret shop/bucket",
                "MetricAlarm strongroom-prod-age-key-pair-30-days",
                "ExternalSecret shop/api",
            ],
        );
    });

    it("is issued elsewhere where the platform keeps its secrets outside AWS", async () => {
        const rendering = await shop({ secrets: "vault", ledger: "elsewhere.yaml" });
        assert.deepEqual(rendering.diagnostics, []);
        assert.deepEqual(belowBucket(rendering), []);
        const { fields } = one(rendering, "Document shop/bucket").inputs as unknown as {
            fields: Record<string, { needsValue?: boolean }>;
        };
        assert.deepEqual([fields["id"]?.needsValue, fields["secret"]?.needsValue], [true, true]);
    });
});
