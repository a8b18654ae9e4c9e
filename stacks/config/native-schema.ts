import * as v from "valibot";
import { Duration } from "../../components/domain/duration";

/** How a store rotates a document by itself: below `platforms.<name>.native`, by document. */

const text = v.pipe(v.string(), v.nonEmpty("must not be empty"), v.trim());
const duration = v.pipe(
    v.string("must be a duration such as '1 day'"),
    v.check((value) => Duration.isValid(value), "must be a duration such as '1 day'"),
);
const identifier = v.pipe(
    v.string(),
    v.regex(/^[a-z_][a-z0-9_]{0,62}$/, "must be lower-case letters, digits and '_'"),
);
const ids = (prefix: string) =>
    v.pipe(
        v.array(
            v.pipe(
                v.string(),
                v.regex(
                    new RegExp(`^${prefix}-[0-9a-f]{8,17}$`),
                    `must be an id such as '${prefix}-0a1b2c3d'`,
                ),
            ),
        ),
        v.nonEmpty("must name one"),
    );

/** The engines that AWS publishes a function for which logs in as the user that it rotates. */
export const ENGINES = ["postgres", "mysql", "mariadb"] as const;

/** Secrets Manager calls a function on a schedule, which is the shortest period of the document's fields. */
const awsRotation = v.strictObject({
    by: v.literal("aws-secrets-manager"),
    /** AWS's own function for a database, deployed from the Serverless Application Repository. */
    application: v.optional(
        v.strictObject({
            engine: v.picklist(ENGINES, `must be one of ${ENGINES.join(", ")}`),
            /** The application's version, which somebody has looked at. */
            version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/, "must be a version such as '1.1.671'")),
            /** Where the function reaches the database, and Secrets Manager. */
            subnetIds: ids("subnet"),
            securityGroupIds: ids("sg"),
        }),
    ),
    /** A function of your own, in the same account and region. */
    functionArn: v.optional(
        v.pipe(
            v.string(),
            v.regex(
                /^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}$/,
                "must be the ARN of a function without a version",
            ),
        ),
    ),
    /**
     * Whether somebody has set the first value in the store. AWS tries the function when the schedule is declared, so
     * it is declared only then.
     */
    valueIsSet: v.optional(v.boolean(), false),
});

/** Vault's database engine makes an account for each lease; there is no value to rotate. */
const vaultDatabase = v.strictObject({
    by: v.literal("vault-database"),
    /** The PostgreSQL server as Vault reaches it, e.g. `db.prod.example.com`, or with a port. */
    host: v.pipe(v.string(), v.regex(/^[a-z0-9.-]+(:\d{1,5})?$/, "must be a host, with or without a port")),
    database: identifier,
    /** The one whose tables accounts may use. */
    schema: v.optional(identifier, "public"),
    /**
     * How long an account lives unless it is renewed. ESO renews none: it asks for another one at each refresh, so that
     * a lease of a day with refreshes of an hour makes 24 accounts at a time, for each consumer.
     */
    lease: v.optional(duration, "1 day"),
    maxLease: v.optional(duration, "7 days"),
    /** Consumers that only read; the others may insert, update and delete too. */
    readOnly: v.optional(v.array(text), []),
});

export const nativeSchema = v.variant("by", [awsRotation, vaultDatabase]);

export type NativeConfig = v.InferOutput<typeof nativeSchema>;
export type AwsRotationConfig = v.InferOutput<typeof awsRotation>;
export type VaultDatabaseConfig = v.InferOutput<typeof vaultDatabase>;
