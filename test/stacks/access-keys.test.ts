import assert from "node:assert/strict";
import type { Platform } from "../../components/domain/catalogue";
import { stackFields } from "../../stacks/config/stack-ledger";
import { catalogue } from "../../stacks/catalogue";
import { problemsOf, sound } from "../support/stack-config";

const AWS = { accountId: "210987654321", region: "us-east-1" };
const market = (secrets: string) => ({ marketplace: { cluster: "eks", secrets, config: "kubernetes" } });

describe("the configuration of access keys", () => {
    const cases: [string, Record<string, unknown>, string, RegExp, RegExp?][] = [
        [
            "a deployer that is no role",
            { aws: { ...AWS, deployerRoleArn: "arn:aws:iam::210987654321:user/deployer" } },
            "strongroom:aws.deployerRoleArn",
            /ARN of a role/,
        ],
        [
            "a deployer of another account",
            { aws: { ...AWS, deployerRoleArn: "arn:aws:iam::123456789012:role/deployer" } },
            "strongroom:aws.deployerRoleArn",
            /in another account/,
            /210987654321/,
        ],
        [
            "a value of a key that the stack creates",
            {
                platforms: market("aws-secrets-manager"),
                values: { "marketplace/s3.secret_key": "made-up-by-hand" },
            },
            'strongroom:values["marketplace/s3.secret_key"]',
            /creates this access key itself/,
        ],
        [
            "a key out of band that the stack creates",
            { platforms: market("aws-parameter-store"), outOfBand: ["marketplace/s3.secret_key"] },
            "strongroom:outOfBand[0]",
            /'access_key' of the same document is access-key/,
        ],
    ];
    for (const [title, change, place, message, fix] of cases) {
        it(`refuses ${title}`, () => {
            const problem = problemsOf(change).find((found) => message.test(found.message));
            assert.equal(problem?.place, place);
            if (fix !== undefined) assert.match(problem.fix ?? "", fix);
        });
    }

    it("refuses a role that a consumer has already, and one whose name is too long", () => {
        const [platform] = catalogue.filter(({ name }) => name === "marketplace") as [Platform];
        const { publisher } = platform.consumers;
        const found = (change: Partial<Platform>) =>
            problemsOf({ platforms: market("aws-secrets-manager") }, [], "prod", [
                { ...platform, ...change },
            ]).map(({ place, message }) => `${place}: ${message}`);
        assert.deepEqual(found({ consumers: { "s3-rotator": publisher! } }), [
            "marketplace/s3: the role 'marketplace-prod-s3-rotator' is the identity of the consumer 's3-rotator'",
        ]);
        const long = "storage-of-picture-of-all-things-we-sell";
        const documents = { ...platform.documents, [long]: platform.documents["s3"]! };
        assert.deepEqual(found({ documents }), [
            `marketplace/${long}: the role 'marketplace-prod-${long}-rotator' has 65 characters, and 64 are allowed`,
        ]);
    });

    it("takes a value of a key that somebody else issues, since the secrets are not kept in AWS", () => {
        const values = { "marketplace/s3.secret_key": "issued-by-the-storage" };
        assert.deepEqual(problemsOf({ platforms: market("kubernetes"), values }), []);
    });

    it("asks the ledger for a key exactly where the stack creates it", () => {
        const isOurs = (secrets: string, aws: unknown): boolean | undefined => {
            const raw = { platforms: JSON.stringify(market(secrets)) };
            const fields = stackFields(
                aws === undefined ? raw : { ...raw, aws: JSON.stringify(aws) },
                catalogue,
            );
            return fields.get("marketplace/s3.access_key")?.isOurs;
        };
        assert.equal(isOurs("aws-secrets-manager", sound["aws"]), true);
        assert.equal(isOurs("aws-parameter-store", sound["aws"]), true);
        assert.equal(isOurs("vault", sound["aws"]), false);
        assert.equal(isOurs("aws-secrets-manager", undefined), false);
    });
});
