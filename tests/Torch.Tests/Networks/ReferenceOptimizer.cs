namespace Dfx.Torch.Tests.Networks;

/// <summary>The constants of an optimizer under test.</summary>
public sealed record Rule
{
    public double Lr { get; init; } = 0.05;

    public double Beta1 { get; init; } = 0.8;

    public double Beta2 { get; init; } = 0.95;

    public double Eps { get; init; } = 1e-6;

    public double WeightDecay { get; init; }

    public double Momentum { get; init; }

    public double Dampening { get; init; }

    public bool Amsgrad { get; init; }

    public bool Maximize { get; init; }

    public bool Nesterov { get; init; }
}

/// <summary>One parameter's optimizer in double precision, from the algorithm boxes of the papers and of PyTorch's documentation.</summary>
internal abstract class ReferenceOptimizer(Rule rule, double[] theta)
{
    protected Rule Rule { get; } = rule;

    internal double[] Theta { get; } = theta;

    internal void Step(double[] gradient)
    {
        Begin();
        for (var i = 0; i < Theta.Length; i++)
        {
            Theta[i] = Next(i, Theta[i], Rule.Maximize ? -gradient[i] : gradient[i]);
        }
    }

    protected abstract void Begin();

    protected abstract double Next(int i, double theta, double g);
}

/// <summary>Kingma and Ba 2015; Loshchilov and Hutter 2019 when decoupled; Reddi et al. 2018 for AMSGrad.</summary>
internal sealed class ReferenceAdam(Rule rule, double[] theta, bool decoupled) : ReferenceOptimizer(rule, theta)
{
    private readonly double[] _m = new double[theta.Length];
    private readonly double[] _v = new double[theta.Length];
    private readonly double[] _largest = new double[theta.Length];
    private int _t;

    protected override void Begin() => _t++;

    protected override double Next(int i, double theta, double g)
    {
        g += decoupled ? 0 : Rule.WeightDecay * theta;
        theta -= decoupled ? Rule.Lr * Rule.WeightDecay * theta : 0;
        _m[i] = (Rule.Beta1 * _m[i]) + ((1 - Rule.Beta1) * g);
        _v[i] = (Rule.Beta2 * _v[i]) + ((1 - Rule.Beta2) * g * g);
        _largest[i] = Math.Max(_largest[i], _v[i]);
        var first = _m[i] / (1 - Math.Pow(Rule.Beta1, _t));
        var second = (Rule.Amsgrad ? _largest[i] : _v[i]) / (1 - Math.Pow(Rule.Beta2, _t));
        return theta - (Rule.Lr * first / (Math.Sqrt(second) + Rule.Eps));
    }
}

/// <summary>Stochastic gradient descent as PyTorch documents it: the first momentum is the gradient itself, undampened.</summary>
internal sealed class ReferenceSgd(Rule rule, double[] theta) : ReferenceOptimizer(rule, theta)
{
    private readonly double[] _b = new double[theta.Length];
    private int _t;

    protected override void Begin() => _t++;

    protected override double Next(int i, double theta, double g)
    {
        g += Rule.WeightDecay * theta;
        if (Rule.Momentum != 0)
        {
            _b[i] = _t == 1 ? g : (Rule.Momentum * _b[i]) + ((1 - Rule.Dampening) * g);
            g = Rule.Nesterov ? g + (Rule.Momentum * _b[i]) : _b[i];
        }

        return theta - (Rule.Lr * g);
    }
}
