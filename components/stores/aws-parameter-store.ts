import * as pulumi from "@pulumi/pulumi";
import * as ssm from "@pulumi/aws/ssm";
import { formatReference } from "../domain/references";
import { tagsOf } from "../domain/ownership";
import type { Ownership } from "../domain/ownership";
import type { Names } from "../domain/names";
import { awsLogin, contentText, entryTags, fieldRef } from "./store";
import type { EntryName, RemoteRef, StoreEntry, SyncedStore } from "./store";

export interface ParameterStoreArgs {
    readonly accountId: string;
    readonly region: string;
    readonly kmsKeyArn: pulumi.Input<string>;
    /** True where External Secrets Operator has a role of its own, which assumes the reader's. */
    readonly readByOperator?: boolean;
    readonly protect: boolean;
    readonly provider: pulumi.ProviderResource;
}

/**
 * SSM Parameter Store: configuration as `String`, one parameter a value; documents as one `SecureString`. The standard
 * tier takes 4 KiB and costs nothing; a document beyond that goes to the advanced tier by itself.
 */
export class ParameterStore implements SyncedStore {
    readonly kind = "aws-parameter-store";

    get readsAs(): "service account" | "operator" {
        return this.args.readByOperator === true ? "operator" : "service account";
    }

    constructor(private readonly args: ParameterStoreArgs) {}

    path({ names, storedName }: EntryName): string {
        return names.parameter(storedName);
    }

    reference(entry: EntryName, storedField: string): string {
        return formatReference({
            scheme: "aws-parameter",
            path: this.path(entry),
            ...(entry.format === "text" ? {} : { field: storedField }),
        });
    }

    write(entry: StoreEntry, opts: pulumi.ComponentResourceOptions): void {
        // A parameter can't exist without a value, so a document that misses one is not declared at all.
        if (entry.content === undefined) return;
        const text = pulumi.all(entry.content).apply((content) => contentText(entry.format, content));
        new ssm.Parameter(
            entry.id,
            {
                name: this.path(entry),
                description: entry.description,
                type: "SecureString",
                keyId: this.args.kmsKeyArn,
                tier: "Intelligent-Tiering",
                value: pulumi.secret(text),
                tags: entryTags(entry),
            },
            { ...opts, provider: this.args.provider, protect: this.args.protect },
        );
    }

    /** Declares a value that is no secret. */
    writeConfig(
        entry: {
            readonly names: Names;
            readonly name: string;
            readonly value: string;
            readonly description: string;
            readonly ownership: Ownership;
        },
        opts: pulumi.ComponentResourceOptions,
    ): void {
        const { names, name, value, description, ownership } = entry;
        new ssm.Parameter(
            `${names.platform}/config.${name}`,
            { name: names.parameter(name), description, type: "String", value, tags: tagsOf(ownership) },
            { ...opts, provider: this.args.provider },
        );
    }

    remoteRef(entry: EntryName, storedField: string): RemoteRef {
        return fieldRef(this.path(entry), entry.format, storedField);
    }

    providerBlock(serviceAccount: string, role: string): Record<string, unknown> {
        return { aws: { service: "ParameterStore", ...awsLogin(this.args, serviceAccount, role) } };
    }

    readableArn(entry: EntryName): string {
        return `arn:aws:ssm:${this.args.region}:${this.args.accountId}:parameter${this.path(entry)}`;
    }
}
