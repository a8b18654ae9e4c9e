import { createHash } from "node:crypto";
import { check } from "../../local/check";
import type { Checked } from "../../local/check";
import type { SecretFile } from "../../local/check/subject";
import { readEnvText } from "../../local/dotenv";
import { chooseStack, environmentOf, settingsIn } from "../../local/environments";
import { exampleText, PLACEHOLDER } from "../../local/example";
import { variablesOf } from "../../local/variables";
import { catalogue } from "../../stacks/catalogue";
import { loadRotation } from "../../cli/rotate/load";
import { ROOT } from "../cli/support";
import type { Platform } from "../../components/domain/catalogue";

const loaded = loadRotation([], ROOT);

export const platformOf = (name: string): Platform => catalogue.find((each) => each.name === name)!;

/** The committed stacks of the project, and the one of an environment. */
export async function stackOf(platform: string, environment?: string) {
    const { stacks } = await loaded;
    const choice = chooseStack(stacks, platform, environment);
    if ("problem" in choice) throw new Error(choice.problem.message);
    return { stacks, own: choice.chosen };
}

export interface CheckedAs {
    readonly environment?: string;
    readonly files?: Readonly<Record<string, SecretFile>>;
    readonly isOpen?: boolean;
    readonly isProcess?: boolean;
}

/** What is wrong with a text for a platform of the catalogue. */
export async function checked(platform: string, text: string, as: CheckedAs = {}): Promise<Checked> {
    const { stacks, own } = await stackOf(platform, as.environment);
    const { assignments, faults } = readEnvText(text);
    return check({
        platform: platformOf(platform),
        environment: environmentOf(stacks, own, platformOf(platform)),
        variables: variablesOf(platformOf(platform)),
        assignments:
            as.isProcess === true ? assignments.map((each) => ({ ...each, line: undefined })) : assignments,
        lineFaults: faults,
        isProcess: as.isProcess === true,
        isOpen: as.isOpen === true,
        fileOf: (file) => as.files?.[file] ?? { is: "missing" },
    });
}

/** `error 3 JWT_SECRET_KEY malformed`, a line each. */
export const told = ({ faults }: Checked): string[] =>
    faults.map(({ level, line, variable, kind }) => [level, line ?? "-", variable ?? "-", kind].join(" "));

/** Text that nothing else says, the same in each run. */
export function drawn(seed: string, bytes = 32): Buffer {
    return Buffer.concat(
        Array.from({ length: Math.ceil(bytes / 32) }, (_, at) =>
            createHash("sha256")
                .update(`${seed}/${String(at)}`)
                .digest(),
        ),
    ).subarray(0, bytes);
}

/** A value of the form that the catalogue asks for. */
export function filled(platform: Platform, variable: string): string {
    const found = variablesOf(platform).get(variable)!;
    if (found.kind !== "secret") return "https://vault.test.internal:8200";
    const { field } = found;
    const hex = drawn(variable).toString("hex");
    if (field.kind === "generated") {
        switch (field.generated.form) {
            case "password":
            case "hex":
                return hex;
            case "base64":
                return drawn(variable).toString("base64");
            case "base64url":
                return drawn(variable).toString("base64url");
            case "fernet":
                return `${drawn(variable).toString("base64url")}=`;
            case "uuid":
                return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
        }
    }
    const shape = field.kind === "external" ? field.shape : undefined;
    switch (shape?.is) {
        case "token":
            return `${shape.begins[0]!}${hex}`;
        case "url":
        case "urls":
            return `https://u${hex.slice(0, 12)}.test.internal`;
        case "dsn":
            return `https://${hex.slice(0, 32)}@sentry.test.internal/42`;
        case "host":
            return `h${hex.slice(0, 12)}.test.internal`;
        default:
            return hex;
    }
}

/** The example of a platform with every placeholder replaced, composed ones by their parts. */
export async function filledExample(name: string, environment?: string): Promise<string> {
    const platform = platformOf(name);
    const { own } = await stackOf(name, environment);
    const variables = variablesOf(platform);
    const text = exampleText(platform, own.environment, settingsIn(own.config, platform));
    return text.replace(/^(\w+)=(.*change-me.*)$/gm, (_, variable: string, value: string) => {
        const found = variables.get(variable);
        if (found?.kind !== "secret" || found.field.kind !== "composed")
            return `${variable}=${filled(platform, variable)}`;
        const part = Object.entries(platform.documents)
            .flatMap(([, document]) => Object.entries(document.fields))
            .find(
                ([field]) =>
                    found.field.kind === "composed" &&
                    found.field.template.includes(`{${field}}`) &&
                    field.includes("password"),
            );
        const own = part?.[1].variable;
        const secret =
            own === undefined ? drawn(part?.[0] ?? variable).toString("hex") : filled(platform, own);
        return `${variable}=${value.replace(PLACEHOLDER, secret)}`;
    });
}
