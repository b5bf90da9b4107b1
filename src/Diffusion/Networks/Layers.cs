using static Dfx.Diffusion.InitialWeights;

namespace Dfx.Diffusion;

/// <summary>A convolution that keeps the resolution.</summary>
internal sealed class ConvLayer : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly long[] _padding;

    internal ConvLayer(InitialWeights initial, int inputs, int outputs, int kernel, double gain = 1)
        : base(nameof(ConvLayer))
    {
        weight = initial.Xavier(gain, outputs, inputs, kernel, kernel);
        bias = Constant(0, outputs);
        _padding = [kernel / 2, kernel / 2];
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.conv2d(input, weight, bias, null, _padding);
}

/// <summary>x W^T + b.</summary>
internal sealed class DenseLayer : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;

    internal DenseLayer(InitialWeights initial, int inputs, int outputs)
        : base(nameof(DenseLayer))
    {
        weight = initial.Xavier(1, outputs, inputs);
        bias = Constant(0, outputs);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.linear(input, weight, bias);
}

/// <summary>Group normalisation. EDM's number of groups, min(32, C / 4), or the next smaller one that divides the channels.</summary>
internal sealed class NormLayer : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private const double Epsilon = 1e-6;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly long _groups;

    internal NormLayer(int channels)
        : base(nameof(NormLayer))
    {
        _groups = Groups(channels);
        weight = Constant(1, channels);
        bias = Constant(0, channels);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.group_norm(input, _groups, weight, bias, Epsilon);

    private static int Groups(int channels)
    {
        var groups = Math.Min(32, channels / 4);
        while (channels % groups != 0)
        {
            groups--;
        }

        return groups;
    }
}
