import type * as pulumi from "@pulumi/pulumi";
import { grantAwsDeployer } from "../../components/access/ci-aws";
import { declareGcpCi } from "../../components/access/ci-gcp";
import { declareVaultCi } from "../../components/access/ci-vault";
import type { Catalogue } from "../../components/domain/catalogue";
import type { Names } from "../../components/domain/names";
import type { Document } from "../../components/secrets/document";
import { ParameterStore } from "../../components/stores/aws-parameter-store";
import { SecretsManagerStore } from "../../components/stores/aws-secrets-manager";
import { GcpSecretManagerStore } from "../../components/stores/gcp-secret-manager";
import type { EntryName, SecretStore } from "../../components/stores/store";
import { VaultStore } from "../../components/stores/vault";
import type { Ledger } from "../../components/domain/rotation/stages";
import { rotatorNames } from "../config/access-keys";
import { pipelinesOf, sharedNames } from "../config/pipelines";
import type { StackConfig } from "../config/schema";
import { ageAlarmNames } from "./audit";
import { sharedOwnership } from "./systems";
import type { Aws, Systems } from "./systems";

/** A document as its store names it. */
export interface WrittenDocument {
    readonly id: string;
    readonly store: SecretStore;
    readonly entry: EntryName;
    /** The component that declares it. */
    readonly resource: pulumi.Resource;
}

export function writtenDocument(names: Names, document: Document): WrittenDocument {
    const { id, store, storedName, spec } = document;
    return { id, store, entry: { names, storedName, format: spec.format ?? "json" }, resource: document };
}

/** What the pipelines may do with the documents of the environment, in each system that keeps some. */
export function declareCi(
    config: StackConfig,
    catalogue: Catalogue,
    ledger: Ledger,
    systems: Systems,
    written: readonly WrittenDocument[],
    opts: pulumi.ComponentResourceOptions,
): void {
    const pipelines = pipelinesOf(config);
    if (pipelines.length === 0) return;
    const names = sharedNames(config.environment);
    const { aws, gcp, vault } = systems;
    if (aws !== undefined) grantOnAws(config, catalogue, ledger, aws, written, opts);
    if (gcp !== undefined) {
        const { project, projectNumber } = gcp.config;
        const secrets = written.flatMap(({ id, store, entry, resource }) =>
            store instanceof GcpSecretManagerStore
                ? [{ id, secretId: store.path(entry), document: resource }]
                : [],
        );
        const args = { names, project, projectNumber, pipelines, secrets, provider: gcp.provider };
        if (secrets.length > 0) declareGcpCi(args, opts);
    }
    if (vault !== undefined) {
        const documents = written.flatMap(({ store, entry }) =>
            store instanceof VaultStore
                ? [{ dataPath: store.dataPath(entry), metadataPath: store.metadataPath(entry) }]
                : [],
        );
        const { address } = vault.config;
        const args = { name: names.namespace, address, pipelines, documents, provider: vault.provider };
        if (documents.length > 0) declareVaultCi(args, opts);
    }
}

function grantOnAws(
    config: StackConfig,
    catalogue: Catalogue,
    ledger: Ledger,
    { ci, config: { accountId, region, replicaRegion }, key, provider }: Aws,
    written: readonly WrittenDocument[],
    opts: pulumi.ComponentResourceOptions,
): void {
    if (ci === undefined) return;
    const secretArns = written.flatMap(({ store, entry }) =>
        store instanceof SecretsManagerStore ? [store.readableArn(entry)] : [],
    );
    const parameterArns = written.flatMap(({ store, entry }) =>
        store instanceof ParameterStore ? [store.readableArn(entry)] : [],
    );
    const regions = [region, ...(replicaRegion === undefined ? [] : [replicaRegion])];
    const scope = {
        secretArns,
        parameterArns,
        rotatorRoleArns: rotatorNames(config, catalogue).map(
            (name) => `arn:aws:iam::${accountId}:role/${name}`,
        ),
        alarmArns: ageAlarmNames({ config, catalogue, ledger }).map(
            (name) => `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`,
        ),
        topicArn: config.ci?.topicArn,
        services: [
            ...(secretArns.length === 0 ? [] : regions.map((each) => `secretsmanager.${each}.amazonaws.com`)),
            ...(parameterArns.length === 0 ? [] : [`ssm.${region}.amazonaws.com`]),
        ],
    };
    grantAwsDeployer(
        {
            name: sharedNames(config.environment).namespace,
            ownership: sharedOwnership(config.environment),
            role: ci.deploy,
            scope,
            keyArns: [key.arn, ...(key.replicaArn === undefined ? [] : [key.replicaArn])],
            provider,
        },
        opts,
    );
}
