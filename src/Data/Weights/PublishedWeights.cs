namespace Dfx.Data.Weights;

/// <summary>A published file of network weights, known by its content.</summary>
/// <param name="Id">What it is called here, and in the data folder: weights/ID.pth.</param>
/// <param name="File">The name that it is published by.</param>
/// <param name="Publisher">Who publishes it.</param>
/// <param name="Sha256">The SHA-256 of its content; null where its publisher gives none: any file is taken, and results carry its hash.</param>
/// <param name="Length">Its bytes; null where only the hash is known.</param>
internal sealed record PublishedWeights(string Id, string File, string Publisher, string? Sha256, long? Length)
{
    /// <summary>All that metrics and training distances use.</summary>
    public static IReadOnlyList<PublishedWeights> All { get; } =
    [
        new("inception", "weights-inception-2015-12-05-6726825d.pth", "torch-fidelity; pytorch-fid as pt_inception-2015-12-05-6726825d.pth",
            "6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2", 95_628_359),
        new("vgg16", "vgg16-397923af.pth", "torchvision", "397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0", 553_433_881),
        new("alexnet", "alexnet-owt-7be5be79.pth", "torchvision", "7be5be791159472b1fbf3c69796f7cb30dca7ad8466c2df70058c37116cdee02", null),
        new("lpips-vgg", "vgg.pth", "lpips 0.1, weights/v0.1", "a78928a0af1e5f0fcb1f3b9e8f8c3a2a5a3de244d830ad5c1feddc79b8432868", 7_289),
        new("lpips-alex", "alex.pth", "lpips 0.1, weights/v0.1", "df73285e35b22355a2df87cdb6b70b343713b667eddbda73e1977e0c860835c0", 6_009),
        new("lpips-vgg-piq", "lpips_weights.pt", "piq, release v0.4.0 of photosynthesis.metrics", null, null),
    ];
}
