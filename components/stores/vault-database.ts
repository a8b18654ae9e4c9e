import * as database from "@pulumi/vault/database";
import { Mount } from "@pulumi/vault/mount";
import type * as pulumi from "@pulumi/pulumi";
import type { Duration } from "../domain/duration";

export interface DatabaseEngineArgs {
    /** `shop-prod-database` */
    readonly mount: string;
    readonly provider: pulumi.ProviderResource;
    readonly protect: boolean;
}

/** Vault's database engine: it makes an account for each lease, and drops it when the lease ends. */
export function declareDatabaseEngine(
    args: DatabaseEngineArgs,
    opts: pulumi.ComponentResourceOptions,
): Mount {
    const { mount, provider, protect } = args;
    const description = "Accounts of databases, by lease";
    return new Mount(mount, { path: mount, type: "database", description }, { ...opts, provider, protect });
}

export interface DatabaseConnectionArgs {
    readonly engine: Mount;
    /** The document: `account`. */
    readonly name: string;
    /** `db.prod.example.com`, or with a port. */
    readonly host: string;
    readonly database: string;
    readonly roles: readonly string[];
    readonly provider: pulumi.ProviderResource;
}

/**
 * A PostgreSQL server with TLS, without the account that Vault itself logs in with: that is set in Vault, once, and
 * never enters the state. Vault keeps it when the rest of the connection changes, and only tries it when asked to:
 *
 *     vault write <mount>/config/<name> username=… password=… && vault write -force <mount>/rotate-root/<name>
 *
 * @see Vault API, "Databases", Configure Connection: values that a request leaves out stay as they are
 */
export function declareDatabaseConnection(
    id: string,
    args: DatabaseConnectionArgs,
    opts: pulumi.ComponentResourceOptions,
): database.SecretBackendConnection {
    const { engine, name, host, database: databaseName, roles, provider } = args;
    return new database.SecretBackendConnection(
        id,
        {
            backend: engine.path,
            name,
            allowedRoles: [...roles].sort(),
            verifyConnection: false,
            postgresql: {
                connectionUrl: `postgresql://{{username}}:{{password}}@${host}/${databaseName}?sslmode=verify-full`,
            },
        },
        { ...opts, provider },
    );
}

export interface DatabaseRoleArgs {
    readonly engine: Mount;
    readonly connection: database.SecretBackendConnection;
    /** `shop-prod-api-account` */
    readonly name: string;
    readonly schema: string;
    readonly isReadOnly: boolean;
    readonly lease: Duration;
    readonly maxLease: Duration;
    readonly provider: pulumi.ProviderResource;
}

/** What one consumer's accounts may do, and how long each lives. */
export function declareDatabaseRole(args: DatabaseRoleArgs, opts: pulumi.ComponentResourceOptions): void {
    const { engine, connection, name, schema, isReadOnly, lease, maxLease, provider } = args;
    new database.SecretBackendRole(
        name,
        {
            backend: engine.path,
            name,
            dbName: connection.name,
            creationStatements: creationStatements(schema, isReadOnly),
            defaultTtl: lease.minutes * 60,
            maxTtl: maxLease.minutes * 60,
        },
        { ...opts, provider },
    );
}

/**
 * An account that logs in and uses the tables of one schema that are there when it is made: no right to change them,
 * to make others, or to make accounts. The plugin's own statements revoke it.
 */
export function creationStatements(schema: string, isReadOnly: boolean): string[] {
    const rights = isReadOnly ? "SELECT" : "SELECT, INSERT, UPDATE, DELETE";
    return [
        `CREATE ROLE "{{name}}" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' ` +
            "NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT;",
        `GRANT USAGE ON SCHEMA "${schema}" TO "{{name}}";`,
        `GRANT ${rights} ON ALL TABLES IN SCHEMA "${schema}" TO "{{name}}";`,
        // An insert takes the next number of a sequence.
        ...(isReadOnly ? [] : [`GRANT USAGE ON ALL SEQUENCES IN SCHEMA "${schema}" TO "{{name}}";`]),
    ];
}

/** Where a client asks for an account. */
export const credentialsPath = (mount: string, role: string): string => `${mount}/creds/${role}`;
