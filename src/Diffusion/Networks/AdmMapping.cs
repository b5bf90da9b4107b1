namespace Dfx.Diffusion;

/// <summary>The embedding of ADM in EDM's form: augmentation is added to the waves, cosines first, and the class behind the layers.</summary>
internal sealed class AdmMapping : IMapping
{
    private readonly DenseLayer? _augment;
    private readonly DenseLayer _layer0;
    private readonly DenseLayer _layer1;
    private readonly DenseLayer? _label;
    private readonly DropoutNoise _hidden;
    private readonly int _waves;
    private readonly int _classes;

    internal AdmMapping(UNetPlan plan, int waves)
    {
        (_waves, _classes, _hidden) = (waves, plan.Signature.Classes, plan.LabelDropout);
        _augment = plan.Signature.Augmentation == 0 ? null : new((plan.Start(LayerRole.Residual, waves, plan.Signature.Augmentation).Weight, null));
        _layer0 = plan.Dense(waves, plan.Embedding);
        _layer1 = plan.Dense(plan.Embedding, plan.Embedding);
        _label = _classes == 0 ? null : new((torch.nn.Parameter(plan.Initial.Normal(1, plan.Embedding, _classes)), null));
    }

    public IEnumerable<(string Name, torch.nn.Module? Module)> Parts =>
        [("map_augment", _augment), ("map_layer0", _layer0), ("map_layer1", _layer1), ("map_label", _label)];

    public long MultiplyAdds => (_augment?.MultiplyAdds ?? 0) + _layer0.MultiplyAdds + _layer1.MultiplyAdds + (_label?.MultiplyAdds ?? 0);

    public torch.Tensor Embed(torch.Tensor labels, NetworkInputs? inputs, bool training)
    {
        var angles = PositionalWaves.Of(labels, _waves, reachesEnd: false);
        var x = torch.cat([angles.cos(), angles.sin()], 1);
        if (inputs?.Augmentation is { } augmentation)
        {
            x = x + _augment!.call(augmentation.to(labels.dtype));
        }

        x = _layer1.call(torch.nn.functional.silu(_layer0.call(x)));
        if (_label is not null)
        {
            x = x + _label.call(_hidden.Hide(ClassVectors.Of(inputs!.Labels!, _classes, labels.dtype), training));
        }

        return torch.nn.functional.silu(x);
    }
}
