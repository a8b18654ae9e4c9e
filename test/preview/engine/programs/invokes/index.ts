import * as pulumi from "@pulumi/pulumi";

export const region = pulumi.output(pulumi.runtime.invoke("aws:index/getRegion:getRegion", {}));
export const image = pulumi.output(pulumi.runtime.invoke("aws:ec2/getAmi:getAmi", {}));
