namespace Dfx.Torch.Modules;

/// <summary>What all convolutions have: a weight, perhaps a bias, and how the kernel moves.</summary>
public abstract class Convolution : torch.nn.Module<Tensor, Tensor>
{
    private readonly long[] _surround;

    private protected Convolution(string name, ConvolutionShape shape, long[] weightShape, torch.Device? device, torch.ScalarType? dtype)
        : base(name)
    {
        (in_channels, out_channels, groups) = (shape.In, shape.Out, shape.Groups);
        (kernel_size, stride, padding, dilation) = (shape.Kernel, shape.Stride, shape.Padding, shape.Dilation);
        padding_mode = shape.Mode;
        _surround = [.. padding.Reverse().SelectMany(p => new[] { p, p })];
        weight = new Parameter(torch.empty(weightShape, dtype, device));
        register_parameter(nameof(weight), weight);
        if (shape.Bias)
        {
            bias = new Parameter(torch.empty([shape.Out], dtype, device));
            register_parameter(nameof(bias), bias);
        }

        Initial.Uniform(weight, bias);
    }

    /// <summary>Channels of the input.</summary>
    public long in_channels { get; }

    /// <summary>Channels of the output.</summary>
    public long out_channels { get; }

    /// <summary>Into how many groups the channels fall that do not see each other.</summary>
    public long groups { get; }

    /// <summary>Extents of the kernel.</summary>
    public long[] kernel_size { get; }

    /// <summary>Steps of the kernel.</summary>
    public long[] stride { get; }

    /// <summary>How far the input is surrounded on each side.</summary>
    public long[] padding { get; }

    /// <summary>Distances between the taps of the kernel.</summary>
    public long[] dilation { get; }

    /// <summary>What the input is surrounded with.</summary>
    public PaddingModes padding_mode { get; }

    /// <summary>[out, in / groups, kernel…]; for a transposed convolution [in, out / groups, kernel…].</summary>
    public Parameter weight { get; }

    /// <summary>[out], or null.</summary>
    public Parameter? bias { get; }

    /// <summary>The input as the kernel sees it, and the padding that is left to the convolution itself.</summary>
    private protected (Tensor Input, long[] Padding) Surrounded(Tensor input) => padding_mode is PaddingModes.Zeros
        ? (input, padding)
        : (torch.nn.functional.pad(input, _surround, padding_mode), Array.ConvertAll(padding, _ => 0L));
}

/// <summary>The constants of a convolution.</summary>
internal sealed record ConvolutionShape(
    long In, long Out, long[] Kernel, long[] Stride, long[] Padding, long[] Dilation, PaddingModes Mode, long Groups, bool Bias);
