namespace Dfx.Diffusion;

/// <summary>A network of one of the families: an embedding of what it is told, and a body that works on images.</summary>
internal sealed class FamilyUNet : UNet
{
    private readonly UNetPlan _plan;
    private readonly Precision _precision;
    private readonly IMapping? _mapping;
    private readonly IBody _body;

    internal FamilyUNet(string family, UNetPlan plan, Precision precision, IMapping? mapping, IBody body)
        : base(family)
    {
        (_plan, _precision, _mapping, _body) = (plan, precision, mapping, body);
        foreach (var (name, module) in (mapping?.Parts ?? []).Concat(body.Parts.Select(p => (p.Name, (torch.nn.Module?)p.Module))))
        {
            if (module is not null)
            {
                register_module(name, module);
            }
        }
    }

    public override long? MultiplyAdds => _body.MultiplyAdds + (_mapping?.MultiplyAdds ?? 0);

    protected override long? Pixels => _plan.Pixels(0);

    public override void AtStep(long step, int part = 0, int update = 0)
    {
        _plan.Dropout.AtStep(step, part, update);
        _plan.LabelDropout.AtStep(step, part, update);
    }

    protected override torch.Tensor Run(torch.Tensor x, torch.Tensor? labels, NetworkInputs? inputs)
    {
        InputCheck.Throw(_plan.Signature, labels, inputs);
        using var scope = torch.NewDisposeScope();
        var level = _mapping?.Embed(labels!, inputs, training);
        var images = inputs?.Channels is { } channels ? torch.cat([x, channels.to(x.dtype)], 1) : x;
        var dtype = _precision == Precision.Bfloat16 ? torch.bfloat16 : x.dtype;
        return scope.MoveToOuter(_body.Run(ChannelsLast.Of(images.to(dtype)), level).to(x.dtype));
    }
}
