import type * as pulumi from "@pulumi/pulumi";
import { declareVaultIdentity } from "../../components/access/vault-identity";
import type { Workload } from "../../components/access/service-account";
import type { Lease } from "../../components/delivery/lease";
import { secretVariables } from "../../components/delivery/variables";
import type { Platform } from "../../components/domain/catalogue";
import { Duration } from "../../components/domain/duration";
import type { Names } from "../../components/domain/names";
import type { Document } from "../../components/secrets/document";
import type { SecretStore } from "../../components/stores/store";
import { VaultStore } from "../../components/stores/vault";
import {
    credentialsPath,
    declareDatabaseConnection,
    declareDatabaseEngine,
    declareDatabaseRole,
} from "../../components/stores/vault-database";
import type { VaultDatabaseConfig } from "../config/native-schema";
import type { PlatformConfig } from "../config/schema";
import { configured } from "./platform-stores";
import type { Cluster, Systems } from "./systems";

export interface DatabaseContext {
    readonly names: Names;
    readonly spec: Platform;
    readonly platformConfig: PlatformConfig;
    readonly cluster: Cluster;
    readonly systems: Systems;
    readonly store: SecretStore;
    readonly documents: Readonly<Record<string, Document>>;
    readonly protect: boolean;
}

/** `shop-prod-api-account`: what one consumer leases of one document, in the engine and as a login. */
const roleName = (names: Names, consumer: string, { storedName }: Document): string =>
    `${names.identity(consumer)}-${storedName}`;
const mountOf = ({ namespace }: Names): string => `${namespace}-database`;

/**
 * The databases of a platform whose accounts Vault leases: an engine of its own, a connection per document, and a role
 * per consumer that reads it.
 */
export function declareDatabases(context: DatabaseContext, opts: pulumi.ComponentResourceOptions): void {
    const { names, spec, platformConfig, systems, documents, protect } = context;
    const leased = Object.entries(platformConfig.native).flatMap(([name, config]) =>
        config.by === "vault-database" ? [[name, config] as const] : [],
    );
    if (leased.length === 0) return;
    const { provider } = configured(systems.vault, "vault");
    const engine = declareDatabaseEngine({ mount: mountOf(names), provider, protect }, opts);
    for (const [name, config] of leased) {
        const document = configured(documents[name], name);
        const own = { parent: document };
        const consumers = readersOf(spec, name);
        const { host, database, schema, readOnly } = config;
        const roles = consumers.map((consumer) => roleName(names, consumer, document));
        const args = { engine, name: document.storedName, host, database, roles, provider };
        const connection = declareDatabaseConnection(document.id, args, own);
        for (const consumer of consumers) {
            const role = roleName(names, consumer, document);
            const isReadOnly = readOnly.includes(consumer);
            const leases = { lease: Duration.parse(config.lease), maxLease: Duration.parse(config.maxLease) };
            const shared = { engine, connection, schema, isReadOnly, ...leases, provider };
            declareDatabaseRole({ ...shared, name: role }, own);
        }
    }
}

const readersOf = (spec: Platform, document: string): string[] =>
    Object.entries(spec.consumers).flatMap(([name, consumer]) =>
        secretVariables(spec, consumer, {})[document] === undefined ? [] : [name],
    );

/**
 * How a consumer leases accounts of a document: a login of its own, whose tokens live as long as a lease. A lease ends
 * with the token that asked for it, and the tokens that read documents live for minutes.
 */
export function leaseOf(
    { names, platformConfig, cluster, systems, store }: DatabaseContext,
    consumer: string,
    document: Document,
    workload: Workload,
    opts: pulumi.ComponentResourceOptions,
): Lease {
    if (!(store instanceof VaultStore)) throw new Error(`'${document.id}' is leased, and not kept in Vault`);
    const config = configured(leaseConfig(platformConfig, document), document.id);
    const { provider } = configured(systems.vault, "vault");
    const name = roleName(names, consumer, document);
    const path = credentialsPath(mountOf(names), name);
    const authMount = configured(cluster.config.vaultAuthMount, "vaultAuthMount");
    const tokenTtlSeconds = Duration.parse(config.lease).minutes * 60;
    declareVaultIdentity({ name, workload, authMount, paths: [path], tokenTtlSeconds, provider }, opts);
    return { path, provider: store.loginBlock(workload.serviceAccount, name) };
}

function leaseConfig({ native }: PlatformConfig, { id }: Document): VaultDatabaseConfig | undefined {
    const config = native[id.slice(id.indexOf("/") + 1)];
    return config?.by === "vault-database" ? config : undefined;
}
