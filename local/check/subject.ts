import type { Platform } from "../../components/domain/catalogue";
import type { Assignment, LineFault } from "../dotenv";
import type { Variable } from "../variables";

/** The environment that values are meant for, as the configuration of its stack has it. */
export interface Environment {
    readonly name: string;
    readonly stack: string;
    /** `strongroom:protect`: real values are at stake. */
    readonly isProtected: boolean;
    /** The platform's configuration in it, by name. */
    readonly settings: Readonly<Record<string, string>>;
    /** Hosts of protected environments that are none of this one, with the name of theirs. */
    readonly foreignHosts: ReadonlyMap<string, string>;
}

/** A file that a variable names, as far as it could be looked at. */
export type SecretFile =
    | { readonly is: "text"; readonly text: string; readonly isOpen: boolean }
    | { readonly is: "missing" | "unreadable" | "no file" | "too large" | "no text" }
    /** Below a folder that only a container has. */
    | { readonly is: "elsewhere" };

/** What is checked. */
export interface Subject {
    readonly platform: Platform;
    readonly environment: Environment;
    readonly variables: ReadonlyMap<string, Variable>;
    readonly assignments: readonly Assignment[];
    readonly lineFaults: readonly LineFault[];
    /** Whether these are the variables of this process: names of others are no fault then. */
    readonly isProcess: boolean;
    /** Whether anybody on the machine may read the file. */
    readonly isOpen: boolean;
    readonly fileOf: (path: string) => SecretFile;
}

/** A variable with the value that an application would read. */
export interface Given {
    readonly variable: Variable;
    readonly value: string;
    readonly line: number | undefined;
    /** Whether the value is in the file that `<NAME>_FILE` names. */
    readonly isFile: boolean;
}

/** Variables that are given, by name; `unseen` are in files that are not on this machine. */
export interface GivenValues {
    readonly given: ReadonlyMap<string, Given>;
    readonly unseen: ReadonlySet<string>;
}
