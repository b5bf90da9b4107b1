namespace Dfx.Diffusion.Tests.Networks;

/// <summary>A network that NVlabs/edm's classes computed outputs and gradients of.</summary>
internal sealed record PublishedNetwork(string Name, string File, NetworkFamily Family, NetworkSettings Settings)
{
    private static readonly NetworkSettings s_small = new() { Channels = 16, Multipliers = [1, 2], Blocks = 1, Attention = [8] };
    private static readonly SongOptions s_skip = SongOptions.Ncsnpp with { Encoder = EncoderKind.Skip, Decoder = DecoderKind.Skip };

    internal NetworkSignature Signature { get; init; } = new(new DataShape(3, 16, 16));

    /// <summary>Whether a preconditioned network's outputs are there in float32: NCSN++ under VP multiplies labels of hundreds with frequencies.</summary>
    internal bool StandsVpInFloat32 { get; init; } = true;

    /// <summary>How closely float64 agrees: the stored augmentation labels were rounded to float32, the ones that were computed with not.</summary>
    internal double Double => Signature.Augmentation > 0 ? 2e-7 : 1e-9;

    /// <summary>Networks whose weights are in their file.</summary>
    internal static IEnumerable<PublishedNetwork> Stored =>
    [
        new("ddpmpp", "net_ddpmpp", Of("ddpmpp"), s_small),
        new("ncsnpp", "net_ncsnpp", Of("ncsnpp"), s_small with { Multipliers = [1, 2, 2] }) { StandsVpInFloat32 = false },
        new("adm_noheads", "net_adm_noheads", Of("adm"), s_small),
        new("adm", "net_adm", Of("adm"), s_small with { Multipliers = [1, 4] }),
    ];

    /// <summary>Networks whose weights a formula fills in.</summary>
    internal static IEnumerable<PublishedNetwork> Filled =>
    [
        new("adm_2heads", "net_formula", Of("adm"), s_small with { Channels = 32, Multipliers = [1, 4] }),
        new("adm_cond", "net_formula", Of("adm"), s_small with { Multipliers = [2, 4], Blocks = 2 }) { Signature = Told },
        new("ddpmpp_cond", "net_formula", Of("ddpmpp"), s_small with { Multipliers = [2, 2, 2], Blocks = 2 }) { Signature = Told },
        new("song_skip", "net_formula", NetworkFamily.Song("song-skip", s_skip), s_small with { Multipliers = [1, 2, 2], Blocks = 2, Attention = [8, 4] }),
    ];

    internal static IEnumerable<PublishedNetwork> All => Stored.Concat(Filled);

    private static NetworkSignature Told => new(new DataShape(3, 16, 16)) { Classes = 5, Augmentation = 9 };

    /// <summary>The network with the published weights, in evaluation mode.</summary>
    internal UNet Load(GoldenFile golden, Precision precision = Precision.Float32)
    {
        var network = Family.Build(Settings, Signature, seed: 1, "init", precision);
        network.Restore(new(golden.Names.Contains($"{Name}/param/map_layer0.weight") ? Weights(golden) : FormulaWeights.Of(network)));
        network.eval();
        return network;
    }

    /// <summary>What the network is told beside x and the noise labels, as class indices where the file has vectors.</summary>
    internal NetworkInputs? Inputs(GoldenFile golden) => Signature.Classes == 0 ? null : new()
    {
        Labels = golden[$"{Name}/class_labels"].argmax(1),
        Augmentation = golden[$"{Name}/augment_labels"],
    };

    public override string ToString() => Name;

    // Filters are constants here, not state.
    private Dictionary<string, torch.Tensor> Weights(GoldenFile golden) => golden.Names
        .Where(n => n.StartsWith($"{Name}/param/", StringComparison.Ordinal) && !n.EndsWith("resample_filter", StringComparison.Ordinal))
        .ToDictionary(n => n[$"{Name}/param/".Length..], n => golden[n]);

    private static NetworkFamily Of(string name) => NetworkFamily.All.Single(f => f.Name == name);
}
