import { suggest } from "../../components/domain/problems";
import { referenceRows, referencesText } from "../../local/references";
import { whereabouts } from "../../rotation/runbooks/store-names";
import { SECRET_STORES } from "../../stacks/config/schema";
import type { PlatformConfig, StackConfig } from "../../stacks/config/schema";
import { ExitCode } from "../exit-code";
import { loadPlatform, refused } from "./load";

export interface ReferencesOptions {
    readonly environment?: string;
    readonly store?: string;
    readonly json?: boolean;
}

/**
 * Runs `env references`: what applications write in their own configuration to mean a field.
 *
 * @throws {UserError} for a platform, an environment or a store that there is not.
 */
export async function references(name: string, options: ReferencesOptions): Promise<ExitCode> {
    const { platform, own } = await loadPlatform(name, options.environment);
    const config = options.store === undefined ? own.config : keptIn(own.config, name, options.store);
    const native = own.config.platforms[name]?.native ?? {};
    const rows = referenceRows(platform, (document, field) =>
        // Vault makes an account for each lease: nothing is kept.
        native[document]?.by === "vault-database"
            ? undefined
            : whereabouts(config, platform, document, field)?.reference,
    );
    process.stdout.write(
        options.json === true
            ? `${JSON.stringify(
                  rows.map(({ reference, ...row }) => ({ ...row, reference: reference ?? null })),
                  null,
                  2,
              )}\n`
            : referencesText(rows),
    );
    return ExitCode.clean;
}

/** The configuration as it would be with the platform in another store. */
function keptIn(config: StackConfig, name: string, store: string): StackConfig {
    const place = `--store ${store}`;
    const secrets = SECRET_STORES.find((each) => each === store);
    if (secrets === undefined)
        throw refused([{ place, message: "there is no such store", fix: suggest(store, SECRET_STORES) }]);
    const section = secrets.startsWith("aws-") ? "aws" : secrets.startsWith("gcp-") ? "gcp" : secrets;
    if ((section === "aws" || section === "gcp" || section === "vault") && config[section] === undefined)
        throw refused([
            {
                place,
                message: `'${store}' is not set up in ${config.environment}`,
                fix: `Add 'strongroom:${section}', or name another environment`,
            },
        ]);
    const own: PlatformConfig | undefined = config.platforms[name];
    return own === undefined
        ? config
        : { ...config, platforms: { ...config.platforms, [name]: { ...own, secrets } } };
}
