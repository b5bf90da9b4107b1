namespace Dfx.Torch.Modules;

/// <summary>What batch normalisations have: scale, shift and running statistics of the channels.</summary>
public abstract class NormBase : torch.nn.Module<Tensor, Tensor>
{
    private protected NormBase(
        string name, long features, double eps, double? momentum, bool affine, bool track, torch.Device? device, torch.ScalarType? dtype)
        : base(name)
    {
        (num_features, this.eps, this.momentum, this.affine, track_running_stats) = (features, eps, momentum, affine, track);
        if (affine)
        {
            weight = new Parameter(torch.ones([features], dtype, device));
            bias = new Parameter(torch.zeros([features], dtype, device));
            register_parameter(nameof(weight), weight);
            register_parameter(nameof(bias), bias);
        }

        if (track)
        {
            running_mean = torch.zeros([features], dtype, device);
            running_var = torch.ones([features], dtype, device);
            num_batches_tracked = torch.zeros([], torch.int64, device);
            register_buffer(nameof(running_mean), running_mean);
            register_buffer(nameof(running_var), running_var);
            register_buffer(nameof(num_batches_tracked), num_batches_tracked);
        }
    }

    /// <summary>How many channels.</summary>
    public long num_features { get; }

    /// <summary>What is added to the variance.</summary>
    public double eps { get; }

    /// <summary>The weight of a new batch in the running statistics.</summary>
    public double? momentum { get; }

    /// <summary>Whether it scales and shifts.</summary>
    public bool affine { get; }

    /// <summary>Whether it keeps running statistics.</summary>
    public bool track_running_stats { get; }

    /// <summary>[C], or null.</summary>
    public Parameter? weight { get; }

    /// <summary>[C], or null.</summary>
    public Parameter? bias { get; }

    /// <summary>[C], or null.</summary>
    public Tensor? running_mean { get; }

    /// <summary>[C], or null.</summary>
    public Tensor? running_var { get; }

    /// <summary>How many batches went into the statistics (int64), or null.</summary>
    public Tensor? num_batches_tracked { get; }
}
