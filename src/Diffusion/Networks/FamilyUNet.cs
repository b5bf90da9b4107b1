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

    public override void AtStep(long step)
    {
        _plan.Dropout.AtStep(step);
        _plan.LabelDropout.AtStep(step);
    }

    public override torch.Tensor forward(torch.Tensor input1, torch.Tensor? input2, NetworkInputs? input3)
    {
        InputCheck.Throw(_plan.Signature, input2, input3);
        using var scope = torch.NewDisposeScope();
        var level = _mapping?.Embed(input2!, input3, training);
        var images = input3?.Channels is { } channels ? torch.cat([input1, channels.to(input1.dtype)], 1) : input1;
        var dtype = _precision == Precision.Bfloat16 ? torch.bfloat16 : input1.dtype;
        return scope.MoveToOuter(_body.Run(ChannelsLast.Of(images.to(dtype)), level).to(input1.dtype));
    }
}
