import type { StackConfig } from "../stacks/config/schema";

/** Where a document is, in the words of the store's own command line. */
export type StoreTarget =
    | {
          readonly kind: "aws-secrets-manager";
          readonly entry: string;
          readonly accountId: string;
          readonly region: string;
      }
    | {
          readonly kind: "aws-parameter-store";
          readonly entry: string;
          readonly accountId: string;
          readonly region: string;
      }
    | { readonly kind: "gcp-secret-manager"; readonly entry: string; readonly project: string }
    | {
          readonly kind: "vault";
          readonly entry: string;
          readonly address: string;
          readonly mount: string;
          readonly namespace: string | undefined;
      }
    | { readonly kind: "kubernetes"; readonly entry: string };

/** The command line that answers for a store; undefined where the cluster is the store. */
export const COMMAND_LINES = {
    "aws-secrets-manager": "aws",
    "aws-parameter-store": "aws",
    "gcp-secret-manager": "gcloud",
    vault: "vault",
    kubernetes: undefined,
} as const;

/** @param entry the document's path, as the stack declares it. */
export function storeTarget(
    kind: StoreTarget["kind"],
    entry: string,
    { aws, gcp, vault }: Pick<StackConfig, "aws" | "gcp" | "vault">,
): StoreTarget {
    switch (kind) {
        case "aws-secrets-manager":
        case "aws-parameter-store":
            return { kind, entry, accountId: aws?.accountId ?? "", region: aws?.region ?? "" };
        case "gcp-secret-manager":
            return { kind, entry, project: gcp?.project ?? "" };
        case "vault": {
            const { address = "", mount = "", namespace } = vault ?? {};
            return { kind, entry, address, mount, namespace };
        }
        case "kubernetes":
            return { kind, entry };
    }
}

/**
 * The commands that tell of an entry without its value, the first being the one that fails where it is not there. They
 * are run as they stand, and told to people to type: none of them needs the right to read a value.
 */
export function metadataCommands(target: StoreTarget): readonly (readonly string[])[] {
    switch (target.kind) {
        case "aws-secrets-manager":
            return [
                [
                    "aws",
                    "secretsmanager",
                    "describe-secret",
                    "--region",
                    target.region,
                    "--secret-id",
                    target.entry,
                    "--output",
                    "json",
                ],
            ];
        case "aws-parameter-store":
            return [
                [
                    "aws",
                    "ssm",
                    "describe-parameters",
                    "--region",
                    target.region,
                    "--parameter-filters",
                    `Key=Name,Option=Equals,Values=${target.entry}`,
                    "--output",
                    "json",
                ],
            ];
        case "gcp-secret-manager":
            return [
                [
                    "gcloud",
                    "secrets",
                    "describe",
                    target.entry,
                    "--project",
                    target.project,
                    "--format",
                    "json",
                ],
                [
                    "gcloud",
                    "secrets",
                    "versions",
                    "list",
                    target.entry,
                    "--project",
                    target.project,
                    "--filter",
                    "state=ENABLED",
                    "--limit",
                    "1",
                    "--format",
                    "json",
                ],
            ];
        case "vault": {
            const namespace = target.namespace === undefined ? [] : [`-namespace=${target.namespace}`];
            return [
                [
                    "vault",
                    "kv",
                    "metadata",
                    "get",
                    `-address=${target.address}`,
                    ...namespace,
                    `-mount=${target.mount}`,
                    "-format=json",
                    target.entry,
                ],
            ];
        }
        case "kubernetes":
            return [];
    }
}

export const asTyped = (command: readonly string[]): string =>
    command.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`)).join(" ");
