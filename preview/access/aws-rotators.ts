import { accountOfArn } from "./aws-entries";
import type { AwsIdentity } from "./aws-identities";
import { nameOf, placeOf, stackOf } from "./estate";
import type { Estate } from "./estate";
import { parsePolicy } from "./iam-policy";
import type { Gap } from "./types";

const STACK = "aws:serverlessrepository/cloudFormationStack:CloudFormationStack";
/** The account that publishes AWS's rotation functions. */
const PUBLISHED_BY_AWS = /^arn:aws:serverlessrepo:[^:]+:297356227824:applications\/SecretsManager/u;

/** What a function does to rotate, as the role of one that AWS publishes allows for the secrets that name it. */
const ROTATES = [
    "secretsmanager:DescribeSecret",
    "secretsmanager:GetSecretValue",
    "secretsmanager:PutSecretValue",
    "secretsmanager:UpdateSecretVersionStage",
];

/**
 * Functions that Secrets Manager calls to rotate a secret, each an identity by what rotating takes: their roles are made
 * elsewhere, under names that nobody knows beforehand.
 *
 * @see AWS, "Lambda rotation function execution role permissions"
 */
export function awsRotators(estate: Estate): {
    readonly identities: readonly AwsIdentity[];
    readonly gaps: readonly Gap[];
} {
    const identities = estate
        .ofType("aws:secretsmanager/secretRotation:SecretRotation")
        .map((rotation): AwsIdentity => {
            const source = estate.source(rotation, "secretId", "aws:secretsmanager/secret:Secret");
            const secret = nameOf(rotation, "secretId") ?? (source && nameOf(source, "arn"));
            const made = estate.source(rotation, "rotationLambdaArn", STACK);
            const name =
                nameOf(rotation, "rotationLambdaArn") ?? made?.name ?? `the function of ${rotation.name}`;
            const account = accountOfArn(secret);
            const policy = {
                Statement: [
                    { Sid: "Rotates", Effect: "Allow", Action: ROTATES, Resource: secret ?? "*" },
                    {
                        Sid: "UsesTheKey",
                        Effect: "Allow",
                        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                        Resource: "*",
                    },
                ],
            };
            return {
                system: "aws",
                kind: "function",
                name,
                ...estate.home(rotation),
                ...(account === undefined ? {} : { realm: account }),
                serviceAccounts: [],
                arn: `arn:aws:iam::${account ?? ""}:role/of the function ${name}`,
                account,
                isStranger: false,
                tags: new Map(),
                trust: [],
                statements: parsePolicy(rotation.name, policy),
            };
        });
    const gaps = estate
        .ofType(STACK)
        .filter((each) => !PUBLISHED_BY_AWS.test(nameOf(each, "applicationId") ?? ""))
        .map((each) => ({
            place: placeOf(each),
            stack: stackOf(each),
            message: "an application whose rights are not known here",
            fix: "Take a rotation function that AWS publishes, or declare its function and role",
        }));
    return { identities: joined(identities), gaps };
}

/** One function may rotate several secrets. */
function joined(identities: readonly AwsIdentity[]): readonly AwsIdentity[] {
    const byArn = new Map<string, AwsIdentity>();
    for (const each of identities) {
        const before = byArn.get(each.arn ?? "");
        const statements = [...(before?.statements ?? []), ...each.statements];
        byArn.set(each.arn ?? "", { ...(before ?? each), statements });
    }
    return [...byArn.values()];
}
