namespace Dfx.Diffusion;

/// <summary>The U-Net of ADM (Dhariwal and Nichol 2021) as EDM builds it (Karras et al. 2022, appendix F.2; constants from NVlabs/edm).</summary>
internal sealed class AdmBody : IBody
{
    private readonly UNetPlan _plan;
    private readonly Encoder _encoder;
    private readonly Decoder _decoder;
    private readonly NormLayer _norm;
    private readonly ConvLayer _conv;

    internal AdmBody(UNetPlan plan)
    {
        _plan = plan;
        _encoder = new(plan, EncoderKind.Standard, plan.Channels(0));
        _decoder = new(plan, _encoder.Channels, attendsEverywhere: true, (_, _) => null);
        _norm = plan.Norm(plan.Channels(0));
        _conv = plan.Conv(plan.Channels(0), plan.Signature.Outputs, 3, LayerRole.Residual);
    }

    public IEnumerable<(string Name, torch.nn.Module Module)> Parts =>
        [("enc", _encoder.Modules), ("dec", _decoder.Modules), ("out_norm", _norm), ("out_conv", _conv)];

    public long MultiplyAdds => _encoder.MultiplyAdds + _decoder.MultiplyAdds + _conv.MultiplyAdds(_plan.Pixels(0));

    public torch.Tensor Run(torch.Tensor x, torch.Tensor? level) =>
        _conv.call(_norm.Silu(_decoder.Run(_encoder.Run(x, level), level).Features));
}
