namespace Dfx.Torch.Modules
{
    /// <summary>Adam (Kingma and Ba 2015, algorithm 1); weight decay, if any, is added to the gradient.</summary>
    public class Adam : OptimizerHelper, torch.optim.IBetas
    {
        private readonly AdamSettings _settings;

        /// <summary>An optimizer of those parameters.</summary>
        public Adam(
            IEnumerable<Parameter> parameters,
            double lr = 0.001,
            double beta1 = 0.9,
            double beta2 = 0.999,
            double eps = 1e-8,
            double weight_decay = 0,
            bool amsgrad = false,
            bool maximize = false)
            : base(parameters, lr, p => new State(p, amsgrad))
        {
            _settings = OptimizerCheck.Adam(new AdamSettings(lr, beta1, beta2, eps, weight_decay, Decoupled: 0, maximize ? 1 : 0));
            Betas = (beta1, beta2);
        }

        /// <summary>Decay rates of the averages of gradients and of their squares.</summary>
        public (double, double) Betas { get; set; }

        private protected override void Step()
        {
            var (parameters, gradients, states) = Ready<State>();
            using (gradients)
            {
                var settings = _settings with { LearningRate = Group.LearningRate, Beta1 = Betas.Item1, Beta2 = Betas.Item2 };
                AdamStep.Run(parameters, gradients, states, settings);
            }
        }

        /// <summary>What is kept for a parameter.</summary>
        public class State : OptimizerState, IDisposable, IAdamState
        {
            /// <summary>How many steps were taken.</summary>
            public long step;

            /// <summary>The average of gradients.</summary>
            public Tensor exp_avg;

            /// <summary>The average of squared gradients.</summary>
            public Tensor exp_avg_sq;

            /// <summary>The largest average of squared gradients so far; null without AMSGrad.</summary>
            public Tensor? max_exp_avg_sq;

            internal State(Parameter parameter, bool amsgrad)
            {
                exp_avg = Zeros(parameter);
                exp_avg_sq = Zeros(parameter);
                max_exp_avg_sq = amsgrad ? Zeros(parameter) : null;
            }

            long IAdamState.Step
            {
                get => step;
                set => step = value;
            }

            Tensor IAdamState.First => exp_avg;

            Tensor IAdamState.Second => exp_avg_sq;

            Tensor? IAdamState.Largest => max_exp_avg_sq;

            /// <summary>Disposes the averages.</summary>
            public void Dispose()
            {
                exp_avg.Dispose();
                exp_avg_sq.Dispose();
                max_exp_avg_sq?.Dispose();
                GC.SuppressFinalize(this);
            }
        }
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <inheritdoc cref="Modules.Adam"/>
            public static Modules.Adam Adam(
                IEnumerable<Modules.Parameter> parameters,
                double lr = 0.001,
                double beta1 = 0.9,
                double beta2 = 0.999,
                double eps = 1e-8,
                double weight_decay = 0,
                bool amsgrad = false,
                bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
