import type { Duration } from "../duration";

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
