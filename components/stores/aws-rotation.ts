import * as secretsmanager from "@pulumi/aws/secretsmanager";
import { CloudFormationStack } from "@pulumi/aws/serverlessrepository";
import type * as pulumi from "@pulumi/pulumi";
import type { Duration } from "../domain/duration";
import { tagsOf } from "../domain/ownership";
import type { StoreEntry } from "./store";

/** What Secrets Manager calls to rotate a document: a function of somebody's own, or one that AWS publishes. */
export type RotationFunction =
    | { readonly functionArn: string }
    | {
          readonly engine: keyof typeof APPLICATIONS;
          readonly version: string;
          readonly subnetIds: readonly string[];
          readonly securityGroupIds: readonly string[];
      };

/** A schedule that Secrets Manager keeps by itself. */
export interface StoreRotation {
    /** In whole days, 1 to 1,000. */
    readonly period: Duration;
    readonly function: RotationFunction;
}

/**
 * AWS's functions that log in as the user whose password they change.
 *
 * @see AWS Secrets Manager User Guide, "AWS Secrets Manager rotation function templates"
 */
export const APPLICATIONS = {
    postgres: "SecretsManagerRDSPostgreSQLRotationSingleUser",
    mysql: "SecretsManagerRDSMySQLRotationSingleUser",
    mariadb: "SecretsManagerRDSMariaDBRotationSingleUser",
} as const;

/** The fields that such a function reads in the document; it writes the password. */
export const APPLICATION_FIELDS = ["engine", "host", "username", "password"] as const;

/** The account that publishes AWS's functions, in the one region that it does so. */
const PUBLISHER = "arn:aws:serverlessrepo:us-east-1:297356227824:applications";

export interface AwsRotationArgs {
    readonly region: string;
    readonly kmsKeyArn: pulumi.Input<string>;
    readonly secretId: pulumi.Input<string>;
    readonly provider: pulumi.ProviderResource;
}

/**
 * The rotation of one secret by Secrets Manager. It does not begin by itself when it is declared: AWS only tries the
 * function's test step then, with the value that is there.
 */
export function declareAwsRotation(
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
