namespace Dfx.Diffusion;

/// <summary>
/// The U-Nets DDPM++ and NCSN++ (Song et al. 2021) as EDM builds them (Karras et al. 2022, table 1 and appendix F.2; constants from
/// NVlabs/edm), with its options for how input and output meet the levels.
/// </summary>
internal sealed class SongBody : IBody
{
    private readonly UNetPlan _plan;
    private readonly SongOptions _options;
    private readonly Encoder _encoder;
    private readonly Decoder _decoder;

    internal SongBody(UNetPlan plan, SongOptions options)
    {
        (_plan, _options) = (plan, options);
        _encoder = new(plan, options.Encoder, plan.Settings.Channels);
        _decoder = new(plan, _encoder.Channels, attendsEverywhere: false, Head);
    }

    public IEnumerable<(string Name, torch.nn.Module Module)> Parts => [("enc", _encoder.Modules), ("dec", _decoder.Modules)];

    public long MultiplyAdds => _encoder.MultiplyAdds + _decoder.MultiplyAdds;

    public torch.Tensor Run(torch.Tensor x, torch.Tensor? level) => _decoder.Run(_encoder.Run(x, level), level).Image!;

    private OutputHead? Head(Decoder decoder, int level)
    {
        var (name, channels) = (_plan.Name(level), _plan.Channels(level));
        if (_options.Decoder == DecoderKind.Standard && level > 0)
        {
            return null;
        }

        var enlarges = _options.Decoder == DecoderKind.Skip && level < _plan.Levels - 1;
        return new(
            decoder.Modules.Add($"{name}_aux_norm", _plan.Norm(channels)),
            decoder.Modules.Add($"{name}_aux_conv", _plan.Conv(channels, _plan.Signature.Outputs, 3, LayerRole.Residual)),
            enlarges ? decoder.Modules.Add($"{name}_aux_up", new Resampler(Resampling.Double, _options.Taps)) : null);
    }
}
