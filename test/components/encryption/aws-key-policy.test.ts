import assert from "node:assert/strict";
import {
    clusterKeyStatements,
    keyPolicy,
    storeKeyStatements,
} from "../../../components/encryption/aws-key-policy";
import type { StoreKeyUse } from "../../../components/encryption/aws-key-policy";
import { renderings } from "../../support/renderings";
import { one, renderShop } from "../../support/render-shop";

/** What this does not prove: that EKS and Secrets Manager ask KMS for no more than this. */

interface Statement {
    readonly Sid: string;
    readonly Principal: { readonly AWS: string };
    readonly Action: readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}
const statementsOf = (policy: string): Statement[] =>
    (JSON.parse(policy) as { Statement: Statement[] }).Statement;
const use = (more: Partial<StoreKeyUse> = {}): StoreKeyUse => ({
    accountId: "210987654321",
    regions: ["us-east-1"],
    readers: [],
    writers: [],
    rotatedSecretArns: [],
    ...more,
});
/** Whatever opens or makes a ciphertext, or lets somebody else. */
const USES =
    /^kms:(?:\*|.*Encrypt|Decrypt|GenerateDataKey|CreateGrant|Sign|Verify|DeriveSharedSecret|GenerateMac)/;

describe("a key policy", () => {
    it("lets the account administer the key, change the policy above all, and not use it", () => {
        const [administration] = statementsOf(keyPolicy("210987654321"));
        assert.deepEqual(administration?.Principal, { AWS: "arn:aws:iam::210987654321:root" });
        assert.ok(administration.Action.includes("kms:PutKeyPolicy"));
        assert.deepEqual(
            administration.Action.filter((action) => USES.test(action)),
            [],
        );
    });

    it("uses the key through the stores alone, by readers who decrypt and writers who also encrypt", () => {
        const statements = storeKeyStatements(
            use({ readers: ["arn:b", "arn:a"], writers: ["arn:w"] }),
        ) as Statement[];
        assert.deepEqual(
            statements.map(({ Sid, Action }) => [Sid, Action]),
            [
                ["ReadersDecryptThroughTheStores", ["kms:Decrypt"]],
                ["WritersUseItThroughTheStores", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]],
            ],
        );
        assert.deepEqual(statements[0]?.Condition, {
            StringEquals: {
                "kms:CallerAccount": "210987654321",
                "kms:ViaService": ["secretsmanager.us-east-1.amazonaws.com", "ssm.us-east-1.amazonaws.com"],
                "aws:PrincipalArn": ["arn:a", "arn:b"],
            },
        });
    });

    it("leaves writing to IAM where no writer is known, still through the stores", () => {
        const [statement] = storeKeyStatements(use()) as Statement[];
        assert.equal(statement?.Sid, "WritersUseItThroughTheStores");
        assert.deepEqual(Object.keys(statement.Condition?.["StringEquals"] ?? {}), [
            "kms:CallerAccount",
            "kms:ViaService",
        ]);
    });

    it("lets a function whose role nobody names rotate its own secret, and no other", () => {
        const arn = "arn:aws:secretsmanager:us-east-1:210987654321:secret:shop/prod/account-??????";
        const statement = (storeKeyStatements(use({ rotatedSecretArns: [arn] })) as Statement[]).at(-1);
        assert.equal(statement?.Sid, "FunctionsRotateTheirSecrets");
        assert.deepEqual(statement.Condition?.["StringLike"], { "kms:EncryptionContext:SecretARN": [arn] });
    });

    it("of a cluster is for EKS alone, which makes grants for itself alone", () => {
        const [used, granted] = clusterKeyStatements("210987654321", "us-east-1") as Statement[];
        assert.equal(used?.Condition?.["StringEquals"]?.["kms:ViaService"], "eks.us-east-1.amazonaws.com");
        assert.deepEqual(granted?.Action, ["kms:CreateGrant"]);
        assert.deepEqual(granted.Condition?.["Bool"], { "kms:GrantIsForAWSResource": "true" });
    });
});

describe("the readers in a key policy", function () {
    this.timeout("1 minute");

    const READS = "arn:aws:iam::210987654321:role/";

    it("are exactly the roles of consumers that are declared, in both stacks", async () => {
        let count = 0;
        for (const rendering of await renderings()) {
            const roles = rendering.resources
                .filter(
                    ({ type, parent }) => type === "aws:iam/role:Role" && /:Consumer::/.test(parent ?? ""),
                )
                .map(({ inputs }) => `${READS}${inputs["name"] as string}`)
                .sort();
            const keys = rendering.resources.filter(({ type }) => type.startsWith("aws:kms/"));
            // The keys of a cluster and of the trail are for services, and have tests of their own.
            const readers = keys.flatMap(({ name, inputs }) =>
                inputs["policy"] === undefined || /-(?:eks|audit)(?:-|$)/.test(name)
                    ? []
                    : [
                          statementsOf(inputs["policy"] as string).find(
                              ({ Sid }) => Sid === "ReadersDecryptThroughTheStores",
                          )?.Condition?.["StringEquals"]?.["aws:PrincipalArn"],
                      ],
            );
            for (const named of readers) assert.deepEqual(named, roles);
            count += readers.length;
        }
        // The key and its replica, of the one stack that has an account.
        assert.equal(count, 2);
    });

    it("are none where nobody reads from the account", async () => {
        const rendering = await renderShop({ secrets: "vault", config: "kubernetes" });
        const policy = one(rendering, "Key strongroom-prod").inputs["policy"] as string;
        assert.deepEqual(
            statementsOf(policy).map(({ Sid }) => Sid),
            ["AccountAdministers", "WritersUseItThroughTheStores"],
        );
    });
});
