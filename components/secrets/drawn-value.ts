import type { GeneratedForm } from "../domain/catalogue";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { RandomPasswordArgs } from "@pulumi/random/randomPassword";
import * as pulumi from "@pulumi/pulumi";

/** Every input of a RandomPassword: a change of one would replace it. */
const DRAWN_BY = [
    "length",
    "special",
    "overrideSpecial",
    "lower",
    "upper",
    "numeric",
    "minLower",
    "minUpper",
    "minNumeric",
    "minSpecial",
    "keepers",
] as const;

/**
 * Draws one generation of a field: a resource of its own, named `<field id>-g<generation>`, so that a new generation
 * is added before an old one is removed, and no edit but the ledger's draws anything again.
 *
 * A RandomPassword whatever the form: it is the one resource of the random provider whose value is encrypted
 * everywhere in the state. Changes of the form reach the next generation only: the form that a value was drawn for is
 * kept beside it, so that it goes on being written in that one.
 *
 * Never protected: the end of an overlap takes the resource out of the program, and the engine refuses to delete what
 * is protected. What keeps a value is the ledger, of which no step drops one in use.
 */
export function drawValue(
    id: string,
    generation: number,
    form: GeneratedForm,
    opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
    const drawn = new RandomPassword(`${id}-g${String(generation)}`, drawArgs(form), {
        ...opts,
        // A value that is drawn stays as it is, whatever is asked of later ones.
        ignoreChanges: [...DRAWN_BY],
    });
    return pulumi
        .all([drawn.result, drawn.keepers])
        .apply(([result, kept]) => writeForm(result, (kept?.["form"] ?? form.form) as GeneratedForm["form"]));
}

/** What to draw: letters and digits, or hexadecimal digits that `writeForm` turns into the form. */
export function drawArgs(form: GeneratedForm): RandomPasswordArgs {
    const keepers = { form: form.form };
    if (form.form === "password") return { length: form.lengthChars, special: false, keepers };
    return {
        keepers,
        length: 2 * byteLength(form),
        lower: false,
        upper: false,
        numeric: false,
        special: true,
        overrideSpecial: "0123456789abcdef",
    };
}

/** @param drawn letters and digits of a password, otherwise the drawn bytes in hexadecimal. */
export function writeForm(drawn: string, form: GeneratedForm["form"]): string {
    const bytes = Buffer.from(drawn, "hex");
    switch (form) {
        case "password":
        case "hex":
            return drawn;
        case "base64":
            return bytes.toString("base64");
        case "base64url":
            return bytes.toString("base64url");
        case "fernet":
            // Fernet's specification keeps the padding that Node's base64url leaves out.
            return bytes.toString("base64").replaceAll("+", "-").replaceAll("/", "_");
        case "uuid": {
            // RFC 9562, version 4: the version in the seventh byte, the variant in the ninth.
            bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
            bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
            return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
        }
    }
}

function byteLength(form: Exclude<GeneratedForm, { form: "password" }>): number {
    switch (form.form) {
        case "fernet":
            return 32;
        case "uuid":
            return 16;
        default:
            return form.bytes;
    }
}
