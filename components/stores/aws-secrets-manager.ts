import * as pulumi from "@pulumi/pulumi";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import { CloudFormationStack } from "@pulumi/aws/serverlessrepository";
import { formatReference } from "../domain/references";
import { tagsOf } from "../domain/ownership";
import { APPLICATIONS } from "../domain/rotation/store-rotation";
import type { RotationFunction, StoreRotation } from "../domain/rotation/store-rotation";
import { awsLogin, contentText, entryTags, fieldRef } from "./store";
import type { EntryName, RemoteRef, StoreEntry, SyncedStore } from "./store";

export interface SecretsManagerStoreArgs {
    readonly accountId: string;
    readonly region: string;
    /** The environment's own key. */
    readonly kmsKeyArn: pulumi.Input<string>;
    readonly replica?: { readonly region: string; readonly kmsKeyArn: pulumi.Input<string> } | undefined;
    /**
     * Days in which a deleted secret can be restored, 7 to 30; its name is blocked for as long. 0 deletes at once.
     */
    readonly recoveryWindowDays: number;
    /** True where External Secrets Operator has a role of its own, which assumes the reader's. */
    readonly readByOperator?: boolean;
    readonly protect: boolean;
    readonly provider: pulumi.ProviderResource;
}

/** AWS Secrets Manager: `devplatform/prod/db`, encrypted by the environment's key, closed to other accounts. */
export class SecretsManagerStore implements SyncedStore {
    readonly kind = "aws-secrets-manager";

    get readsAs(): "service account" | "operator" {
        return this.args.readByOperator === true ? "operator" : "service account";
    }

    constructor(private readonly args: SecretsManagerStoreArgs) {}

    path({ names, storedName }: EntryName): string {
        return names.document(storedName);
    }

    reference(entry: EntryName, storedField: string): string {
        const path = this.path(entry);
        return formatReference({
            scheme: "aws-secrets",
            path,
            ...(entry.format === "text" ? {} : { field: storedField }),
        });
    }

    write(entry: StoreEntry, opts: pulumi.ComponentResourceOptions): void {
        const { kmsKeyArn, replica, recoveryWindowDays, protect, provider } = this.args;
        const own = { ...opts, provider };
        const secret = new secretsmanager.Secret(
            entry.id,
            {
                name: this.path(entry),
                description: entry.description,
                kmsKeyId: kmsKeyArn,
                recoveryWindowInDays: recoveryWindowDays,
                ...(replica === undefined
                    ? {}
                    : { replicas: [{ region: replica.region, kmsKeyId: replica.kmsKeyArn }] }),
                tags: entryTags(entry),
            },
            { ...own, protect },
        );
        new secretsmanager.SecretPolicy(
            entry.id,
            { secretArn: secret.arn, blockPublicPolicy: true, policy: resourcePolicy(this.args.accountId) },
            own,
        );
        if (entry.rotation !== undefined) {
            const rotated = { region: this.args.region, kmsKeyArn, secretId: secret.id, provider };
            declareAwsRotation(entry, entry.rotation, rotated, opts);
        }
        if (entry.content === undefined) return;
        const text = pulumi.all(entry.content).apply((content) => contentText(entry.format, content));
        new secretsmanager.SecretVersion(
            entry.id,
            { secretId: secret.id, secretString: pulumi.secret(text) },
            own,
        );
    }

    remoteRef(entry: EntryName, storedField: string): RemoteRef {
        return fieldRef(this.path(entry), entry.format, storedField);
    }

    providerBlock(serviceAccount: string, role: string): Record<string, unknown> {
        return { aws: { service: "SecretsManager", ...awsLogin(this.args, serviceAccount, role) } };
    }

    /**
     * What a reader is granted on. Six characters follow the name in the ARN: `-??????` matches exactly them, where
     * `*` would match the names that begin with this one, and the bare name would match nothing.
     */
    readableArn(entry: EntryName): string {
        const { accountId, region } = this.args;
        return `arn:aws:secretsmanager:${region}:${accountId}:secret:${this.path(entry)}-??????`;
    }
}

/** Nobody outside the account, and nobody without TLS, whatever their own policies say. */
export function resourcePolicy(accountId: string): string {
    const deny = (sid: string, condition: Record<string, Record<string, string>>) => ({
        Sid: sid,
        Effect: "Deny",
        Principal: "*",
        Action: "secretsmanager:*",
        Resource: "*",
        Condition: condition,
    });
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            deny("DenyOtherAccounts", {
                StringNotEquals: { "aws:PrincipalAccount": accountId },
                Bool: { "aws:PrincipalIsAWSService": "false" },
            }),
            deny("DenyWithoutTls", { Bool: { "aws:SecureTransport": "false" } }),
        ],
    });
}

/** The account that publishes AWS's functions, in the one region that it does so. */
const PUBLISHER = "arn:aws:serverlessrepo:us-east-1:297356227824:applications";

interface AwsRotationArgs {
    readonly region: string;
    readonly kmsKeyArn: pulumi.Input<string>;
    readonly secretId: pulumi.Input<string>;
    readonly provider: pulumi.ProviderResource;
}

/**
 * The rotation of one secret by Secrets Manager. It does not begin by itself when it is declared: AWS only tries the
 * function's test step then, with the value that is there.
 */
function declareAwsRotation(
    entry: StoreEntry,
    rotation: StoreRotation,
    args: AwsRotationArgs,
    opts: pulumi.ComponentResourceOptions,
): void {
    new secretsmanager.SecretRotation(
        entry.id,
        {
            secretId: args.secretId,
            rotationLambdaArn: functionArn(entry, rotation.function, args, opts),
            rotateImmediately: false,
            rotationRules: { automaticallyAfterDays: rotation.period.wholeDays },
        },
        { ...opts, provider: args.provider },
    );
}

function functionArn(
    entry: StoreEntry,
    rotationFunction: RotationFunction,
    { region, kmsKeyArn, provider }: AwsRotationArgs,
    opts: pulumi.ComponentResourceOptions,
): pulumi.Input<string> {
    if ("functionArn" in rotationFunction) return rotationFunction.functionArn;
    const { engine, version, subnetIds, securityGroupIds } = rotationFunction;
    const name = `${entry.names.identity(entry.storedName)}-rotation`;
    const stack = new CloudFormationStack(
        name,
        {
            name,
            applicationId: `${PUBLISHER}/${APPLICATIONS[engine]}`,
            semanticVersion: version,
            // It makes a role for the function, and lets Secrets Manager call it.
            capabilities: ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"],
            parameters: {
                endpoint: `https://secretsmanager.${region}.amazonaws.com`,
                functionName: name,
                kmsKeyArn,
                vpcSubnetIds: subnetIds.join(","),
                vpcSecurityGroupIds: securityGroupIds.join(","),
            },
            tags: tagsOf({ ...entry.ownership, class: "access" }),
        },
        { ...opts, provider },
    );
    return stack.outputs.apply((outputs) => outputs["RotationLambdaARN"] ?? "");
}
