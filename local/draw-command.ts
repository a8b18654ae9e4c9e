import type { GeneratedForm } from "../components/domain/catalogue";

/**
 * A command that writes a new value of a form to its standard output, to be put where a value stands. It takes openssl
 * and what every system has beside it; `uuidgen` for a UUID.
 */
export function drawCommand(form: GeneratedForm): string {
    switch (form.form) {
        case "password":
            // Of base64, 62 characters in 64 are letters and digits: twice as many bytes leave far more than are asked for.
            return `openssl rand -base64 ${2 * form.lengthChars} | tr -dc 'A-Za-z0-9' | head -c ${form.lengthChars}`;
        case "hex":
            return `openssl rand -hex ${form.bytes}`;
        case "base64":
            // openssl begins a new line after 64 characters.
            return `openssl rand -base64 ${form.bytes}${form.bytes > 48 ? " | tr -d '\\n'" : ""}`;
        case "base64url":
            return `openssl rand -base64 ${form.bytes} | tr '+/' '-_' | tr -d '=\\n'`;
        case "fernet":
            return "openssl rand -base64 32 | tr '+/' '-_'";
        case "uuid":
            return "uuidgen";
    }
}
