namespace Dfx.Diffusion;

/// <summary>How the networks of one name are made.</summary>
/// <param name="Name">What matrices and cards call it.</param>
/// <param name="Style">Its blocks.</param>
/// <param name="Start">The first weights of its layers.</param>
/// <param name="Mapping">Its embedding of the noise level.</param>
/// <param name="Body">What works on images.</param>
internal sealed record NetworkFamily(
    string Name, BlockStyle Style, Func<InitialWeights, LayerStart> Start, Func<UNetPlan, IMapping> Mapping, Func<UNetPlan, IBody> Body)
{
    /// <summary>All that matrices can name.</summary>
    internal static IReadOnlyList<NetworkFamily> All { get; } =
    [
        Song("ddpmpp", SongOptions.Ddpmpp),
        Song("ncsnpp", SongOptions.Ncsnpp),
        new("adm", BlockStyle.Adm, weights => weights.Adm, plan => new AdmMapping(plan, plan.Settings.Channels), plan => new AdmBody(plan)),
        new("light", BlockStyle.Light, weights => weights.Adm, plan => new AdmMapping(plan, plan.Embedding), plan => new LightBody(plan)),
    ];

    internal static NetworkFamily Song(string name, SongOptions options) =>
        new(name, BlockStyle.Song(options.Taps), weights => weights.Song, plan => new SongMapping(plan, options), plan => new SongBody(plan, options));

    /// <summary>A network of settings that fit the signature.</summary>
    internal UNet Build(NetworkSettings settings, NetworkSignature signature, ulong seed, string purpose, Precision precision)
    {
        var initial = new InitialWeights(seed, purpose);
        var plan = new UNetPlan(settings, signature, Style, initial, Start(initial))
        {
            Dropout = new(seed, purpose + "/dropout", settings.Dropout),
            LabelDropout = new(seed, purpose + "/label-dropout", signature.LabelDropout),
        };
        var mapping = signature.NoiseBlind ? null : Mapping(plan);
        return new FamilyUNet(Name, plan, precision, mapping, Body(plan));
    }
}
