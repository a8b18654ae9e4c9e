import { boolean, double, field, integer, list, map, Message, nested, optional, string } from "./message";
import { policyProperties, properties, remediationProperties } from "./properties";

/** The messages between the engine and a policy pack, as `analyzer.proto` of Pulumi defines them. */
export const AnalyzerTimeouts = new Message("AnalyzerResourceOptions.CustomTimeouts", {
    create: field(1, double),
    update: field(2, double),
    delete: field(3, double),
    read: field(4, double),
});

export const AnalyzerResourceOptions = new Message("AnalyzerResourceOptions", {
    protect: field(1, boolean),
    ignorechanges: field(2, list(string)),
    deletebeforereplace: field(3, boolean),
    deletebeforereplacedefined: field(4, boolean),
    additionalsecretoutputs: field(5, list(string)),
    customtimeouts: field(7, nested(AnalyzerTimeouts)),
    parent: field(8, string),
});

export const AnalyzerProviderResource = new Message("AnalyzerProviderResource", {
    type: field(1, string),
    properties: field(2, policyProperties),
    urn: field(3, string),
    name: field(4, string),
});

const analyzed = {
    type: field(1, string),
    properties: field(2, policyProperties),
    urn: field(3, string),
    name: field(4, string),
    options: field(5, nested(AnalyzerResourceOptions)),
    provider: field(6, nested(AnalyzerProviderResource)),
};
export const AnalyzeRequest = new Message("AnalyzeRequest", analyzed);
export const RemediateRequest = new Message("AnalyzeRequest", {
    ...analyzed,
    properties: field(2, remediationProperties),
});

const PropertyDependencies = new Message("AnalyzerPropertyDependencies", { urns: field(1, list(string)) });

export const AnalyzerResource = new Message("AnalyzerResource", {
    ...analyzed,
    parent: field(7, string),
    dependencies: field(8, list(string)),
    propertydependencies: field(9, map(nested(PropertyDependencies))),
});
export const AnalyzeStackRequest = new Message("AnalyzeStackRequest", {
    resources: field(1, list(nested(AnalyzerResource))),
});

export const AnalyzeDiagnostic = new Message("AnalyzeDiagnostic", {
    policyname: field(1, string),
    policypackname: field(2, string),
    description: field(4, string),
    message: field(5, string),
    enforcementlevel: field(7, integer),
    urn: field(8, string),
    severity: field(9, integer),
});
export const AnalyzeResponse = new Message("AnalyzeResponse", {
    diagnostics: field(2, list(nested(AnalyzeDiagnostic))),
});

export const Remediation = new Message("Remediation", {
    policyname: field(1, string),
    policypackname: field(2, string),
    description: field(4, string),
    properties: field(5, properties),
    diagnostic: field(6, string),
});
export const RemediateResponse = new Message("RemediateResponse", {
    remediations: field(1, list(nested(Remediation))),
});

export const PolicyConfigSchema = new Message("PolicyConfigSchema", {
    properties: field(1, properties),
    required: field(2, list(string)),
});
export const PolicyConfig = new Message("PolicyConfig", {
    enforcementlevel: field(1, integer),
    properties: field(2, properties),
});
export const PolicyInfo = new Message("PolicyInfo", {
    name: field(1, string),
    description: field(3, string),
    enforcementlevel: field(5, integer),
    configschema: field(6, nested(PolicyConfigSchema)),
    severity: field(8, integer),
});
export const AnalyzerInfo = new Message("AnalyzerInfo", {
    name: field(1, string),
    policies: field(3, list(nested(PolicyInfo))),
    version: field(4, string),
    supportsconfig: field(5, boolean),
    initialconfig: field(6, map(nested(PolicyConfig))),
});
export const ConfigureAnalyzerRequest = new Message("ConfigureAnalyzerRequest", {
    policyconfig: field(1, map(nested(PolicyConfig))),
});

export const AnalyzerStackConfigureRequest = new Message("AnalyzerStackConfigureRequest", {
    stack: field(1, string),
    project: field(2, string),
    organization: field(3, string),
    dryRun: field(4, boolean),
    configSecretKeys: field(6, list(string)),
    config: field(7, map(string)),
});
export const AnalyzerHandshakeRequest = new Message("AnalyzerHandshakeRequest", {
    engineAddress: field(1, string),
    rootDirectory: field(2, optional(string)),
    programDirectory: field(3, optional(string)),
});
