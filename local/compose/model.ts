import { isRequired } from "../../components/domain/catalogue";
import type { Consumer, Document, Field, Platform } from "../../components/domain/catalogue";
import { fieldId } from "../../components/domain/catalogue";
import { deliversAllGenerations } from "../../components/domain/rotation/rotation-class";
import { liveStages } from "../../components/domain/rotation/stages";
import type { Ledger, Stage } from "../../components/domain/rotation/stages";
import { parseTemplate } from "../../components/domain/template";
import { stagedVariable } from "../variables";

/** Where containers find secrets: Docker's convention, which the platforms' images follow. */
export const SECRETS_DIRECTORY = "/run/secrets";

/** A secret as a container sees it: the file `/run/secrets/jwt_secret_key`, which `JWT_SECRET_KEY_FILE` names. */
export interface ComposeSecret {
    /** `jwt_secret_key` */
    readonly name: string;
    /** `JWT_SECRET_KEY` */
    readonly variable: string;
    readonly documentName: string;
    readonly fieldName: string;
    readonly field: Field;
    readonly stage: Stage;
    /** The generations that the value is made of: one, or those of the parts of a composed field. */
    readonly generations: readonly number[];
}

export interface ComposeService {
    /** The consumer's name. */
    readonly name: string;
    readonly takes: Consumer["takes"];
    /** Configuration by variable. */
    readonly environment: Readonly<Record<string, string>>;
    readonly secrets: readonly ComposeSecret[];
}

/** What a platform's consumers are given, as Compose has it. */
export interface ComposeModel {
    readonly platform: Platform;
    readonly environment: string;
    readonly services: readonly ComposeService[];
    /** Each secret once, by name. */
    readonly secrets: ReadonlyMap<string, ComposeSecret>;
    /** Variables that are left out, since applications do without and a secret without a file stops the start. */
    readonly leftOut: readonly string[];
}

export interface ComposeArgs {
    readonly platform: Platform;
    readonly environment: string;
    /** The platform's configuration in the environment, by name. */
    readonly settings: Readonly<Record<string, string>>;
    /** The environment's ledger; an empty one where each developer has a value of their own. */
    readonly ledger: Ledger;
    /** Whether secrets that applications do without are there as well. */
    readonly withOptional: boolean;
}

/** What each consumer of a platform gets: its secrets as files, its configuration as variables. */
export function composeModel(args: ComposeArgs): ComposeModel {
    const { platform, environment, settings, withOptional } = args;
    const secrets = new Map<string, ComposeSecret>();
    const leftOut = new Set<string>();
    const all = secretsOf(args);
    const services = Object.entries(platform.consumers).map(([name, { reads, takes }]): ComposeService => {
        const own: ComposeSecret[] = [];
        for (const [base, staged] of all) {
            if (!reads.includes(base)) continue;
            for (const secret of staged) {
                if (!withOptional && !isRequired(secret.field.required, settings))
                    leftOut.add(secret.variable);
                else own.push(secret);
            }
        }
        for (const secret of own) secrets.set(secret.name, secret);
        const config = Object.entries(platform.config).flatMap(([key, { variable }]) => {
            const value = settings[key];
            const isRead = variable !== undefined && reads.includes(variable);
            return isRead && value !== undefined ? [[variable, value] as const] : [];
        });
        return { name, takes, environment: Object.fromEntries(config), secrets: own };
    });
    return { platform, environment, services, secrets, leftOut: [...leftOut] };
}

/** The secrets of a platform by the variable that consumers list: one, or one for each generation that lives. */
function secretsOf({ platform, ledger }: ComposeArgs): ReadonlyMap<string, readonly ComposeSecret[]> {
    const found = new Map<string, readonly ComposeSecret[]>();
    for (const [documentName, document] of Object.entries(platform.documents)) {
        for (const [fieldName, field] of Object.entries(document.fields)) {
            const { variable } = field;
            if (variable === undefined) continue;
            const live = ledger[fieldId(platform.name, documentName, fieldName)];
            const staged: readonly { stage: Stage; generation: number | undefined }[] =
                live !== undefined && deliversAllGenerations(field.rotation.rotationClass)
                    ? liveStages(live)
                    : [{ stage: "current", generation: undefined }];
            const secrets = staged.map(({ stage, generation }): ComposeSecret => {
                const name = stagedVariable(variable, stage);
                const generations =
                    generation === undefined
                        ? generationsOf(platform, documentName, fieldName, ledger)
                        : [generation];
                return {
                    ...{ name: name.toLowerCase(), variable: name, documentName, fieldName, field, stage },
                    generations,
                };
            });
            found.set(variable, secrets);
        }
    }
    return found;
}

/** The generations in use that a value is made of; the first where the ledger has none, as of what is issued once. */
function generationsOf(
    platform: Platform,
    documentName: string,
    fieldName: string,
    ledger: Ledger,
): readonly number[] {
    const document = platform.documents[documentName];
    const field = document?.fields[fieldName];
    if (document === undefined || field === undefined) return [];
    if (field.kind !== "composed") {
        const id = fieldId(platform.name, documentName, ledgerName(document, fieldName, field));
        return [ledger[id]?.current.generation ?? 1];
    }
    const parts = parseTemplate(field.template, documentName).flatMap((part) => {
        if (!("field" in part)) return [];
        const of = platform.documents[part.document]?.fields[part.field];
        if (of === undefined || of.kind === "literal") return [];
        return generationsOf(platform, part.document, part.field, ledger);
    });
    return parts.length === 0 ? [1] : parts;
}

/** Both halves of an access key have one entry in the ledger: the id's. */
function ledgerName({ fields }: Document, fieldName: string, field: Field): string {
    if (field.kind !== "access-key" || field.part === "id") return fieldName;
    const id = Object.entries(fields).find(([, each]) => each.kind === "access-key" && each.part === "id");
    return id?.[0] ?? fieldName;
}
