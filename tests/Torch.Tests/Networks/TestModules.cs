using System.Diagnostics.CodeAnalysis;

namespace Dfx.Torch.Tests.Networks;

/// <summary>A base class with components of its own, registered before those of classes derived from it.</summary>
[SuppressMessage("Design", "CA1051", Justification = "Modules keep their components in fields.")]
internal abstract class BaseNet : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    protected readonly Linear stem;
    protected readonly Parameter scale;

    protected BaseNet(string name)
        : base(name)
    {
        stem = torch.nn.Linear(3, 4);
        scale = new Parameter(torch.ones(4));
    }
}

/// <summary>Every kind of component: parameters, a buffer, nested lists and sequences, and fields that are none.</summary>
[SuppressMessage("Performance", "CA1823", Justification = "Fields that are found by reflection only.")]
internal sealed class Net : BaseNet
{
    private readonly ModuleList<BaseNet> blocks;
    private readonly Parameter bias;
    private readonly Linear? absent;
    private readonly torch.Tensor mean;
    private readonly Sequential head;
    private readonly int width = 4;

    internal Net(params BaseNet[] inner)
        : base(nameof(Net))
    {
        absent = null;
        head = torch.nn.Sequential(torch.nn.Linear(4, 4), torch.nn.Sequential(("norm", torch.nn.GroupNorm(1, 4)), ("drop", torch.nn.Dropout())));
        mean = torch.zeros(4);
        bias = new Parameter(torch.zeros(4));
        blocks = torch.nn.ModuleList(inner);
        RegisterComponents();
    }

    internal torch.Tensor Mean => mean;

    internal Parameter Bias => bias;

    internal int Width => absent is null ? width : 0;

    public override torch.Tensor forward(torch.Tensor input) => head.call((stem.call(input) * scale) + bias);

    internal ModuleList<BaseNet> Blocks => blocks;
}

/// <summary>A function as a module.</summary>
internal sealed class Lambda(Func<torch.Tensor, torch.Tensor> function) : torch.nn.Module<torch.Tensor, torch.Tensor>("Lambda")
{
    public override torch.Tensor forward(torch.Tensor input) => function(input);
}

/// <summary>Registers what a test tells it to.</summary>
internal sealed class Bag : torch.nn.Module
{
    internal Bag()
        : base(nameof(Bag))
    {
    }

    internal Bag With(string name, torch.nn.Module module)
    {
        register_module(name, module);
        return this;
    }

    internal Bag With(string name, Parameter parameter)
    {
        register_parameter(name, parameter);
        return this;
    }

    internal Bag With(string name, torch.Tensor buffer, bool persistent)
    {
        register_buffer(name, buffer, persistent);
        return this;
    }
}
