import * as pulumi from "@pulumi/pulumi";

export const vpc = new pulumi.StackReference("acme/network/dev", {}).getOutput("vpc");
export const zone = new pulumi.StackReference("acme/network/prod").getOutput("zone");
